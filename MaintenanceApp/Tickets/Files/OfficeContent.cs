using System.Buffers.Binary;
using System.IO.Compression;

namespace MaintenanceApp.Tickets.Files;

/// <summary>
/// Documents of Word, Excel and PowerPoint: a ZIP archive whose part <c>[Content_Types].xml</c> names the main part
/// (ECMA-376-2, §10.1.2). With macros they are programs, and refused like those.
/// </summary>
internal static class OfficeContent
{
    private const string Office = "application/vnd.openxmlformats-officedocument.";
    private const int MostTypesBytes = 512 * 1024;
    private const int MostParts = 10_000;
    private const int EndRecordBytes = 22;

    public static FileContent Document { get; } = new(Office + "wordprocessingml.document", FileUse.Download, ".docx");

    public static FileContent Workbook { get; } = new(Office + "spreadsheetml.sheet", FileUse.Download, ".xlsx");

    public static FileContent Presentation { get; } = new(Office + "presentationml.presentation", FileUse.Download, ".pptx");

    public static IReadOnlyList<FileContent> All { get; } = [Document, Workbook, Presentation];

    public static FileContent? Of(Stream file)
    {
        try
        {
            if (!HasFewParts(file))
            {
                return null;
            }

            file.Position = 0;
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.GetEntry("[Content_Types].xml") is not { Length: <= MostTypesBytes } types
                || archive.Entries.Any(part => part.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }

            // The length that an archive states of a part may be a lie: no more than that many characters are taken.
            var text = new char[MostTypesBytes];
            using var reader = new StreamReader(types.Open());
            var named = new string(text, 0, reader.ReadBlock(text));
            return named.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase)
                ? null
                : All.FirstOrDefault(kind => named.Contains($"\"{kind.ContentType}.main+xml\"", StringComparison.Ordinal));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>
    /// By the record at the archive's end (APPNOTE.TXT 4.3.16), which Office writes without a comment: an archive of a hundred
    /// thousand empty parts would take memory only to be refused.
    /// </summary>
    private static bool HasFewParts(Stream file)
    {
        if (file.Length < EndRecordBytes)
        {
            return false;
        }

        Span<byte> end = stackalloc byte[EndRecordBytes];
        file.Position = file.Length - EndRecordBytes;
        file.ReadExactly(end);
        return end.StartsWith("PK\u0005\u0006"u8) && BinaryPrimitives.ReadUInt16LittleEndian(end[10..]) <= MostParts;
    }
}
