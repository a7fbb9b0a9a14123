using System.Globalization;
using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets.Files;

/// <summary>The name a file is kept and downloaded under.</summary>
internal static class FileNames
{
    private const string Forbidden = "<>:\"|?*;\0";

    private static readonly HashSet<string> Known = new(FileContent.All.SelectMany(kind => kind.Extensions), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The last part of a device's name, without signs that mean something to a disk or a header, with an extension of what it is:
    /// its own where that is one of the kind's. Any other dot belongs to the name (« Pompe 2.5 bar »).
    /// </summary>
    public static string Of(string typed, FileContent kind)
    {
        var last = TypedText.OneLine(typed.Split('/', '\\')[^1])!;
        var name = string.Concat(last.Where(letter => !Forbidden.Contains(letter, StringComparison.Ordinal))).TrimEnd(' ', '.');
        var ending = Known.FirstOrDefault(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
        var stem = (ending is null ? name : name[..^ending.Length]).Trim(' ', '.');
        var extension = ending is not null && kind.Use == FileUse.Download && kind.Extensions.Contains(ending) ? ending : kind.Extensions[0];
        return Cut(stem.Length == 0 ? "fichier" : stem, TicketFile.FileNameMaxLength - extension.Length) + extension;
    }

    /// <summary>A phone's recorder names its container after a film; the name tells that there is nothing to see.</summary>
    public static FileContent KindByName(string typed, FileContent kind) =>
        kind == MediaContent.Mp4 && typed.EndsWith(MediaContent.M4a.Extensions[0], StringComparison.OrdinalIgnoreCase) ? MediaContent.M4a : kind;

    /// <summary>Never inside a character as people see it: an emoji with its joiners, a letter with its accents (UAX #29).</summary>
    private static string Cut(string name, int room)
    {
        var end = 0;
        while (end < name.Length && end + StringInfo.GetNextTextElementLength(name, end) is var next && next <= room)
        {
            end = next;
        }

        return name[..end].TrimEnd();
    }
}
