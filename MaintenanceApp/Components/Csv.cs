using System.Globalization;
using System.Text;

namespace MaintenanceApp.Components;

/// <summary>
/// Tables for spreadsheets: UTF-8 with its mark, <c>;</c> between cells in French and <c>,</c> in English as spreadsheets expect
/// there, RFC 4180 quoting, every text safe from being taken for a formula (OWASP, CSV injection).
/// </summary>
public static class Csv
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Of the language of the request.</summary>
    public static char Separator => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? ';' : ',';

    /// <param name="output">Left open.</param>
    public static StreamWriter Writer(Stream output) => new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);

    public static string Line(IEnumerable<string?> cells)
    {
        var separator = Separator;
        return string.Join(separator, cells.Select(cell => Cell(cell, separator))) + "\r\n";
    }

    /// <summary>What a spreadsheet would run begins with an apostrophe.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="separator">Between cells.</param>
    public static string Cell(string? text, char separator)
    {
        var safe = text ?? "";
        if (safe.TrimStart(' ') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..])
        {
            safe = "'" + safe;
        }

        return safe.AsSpan().IndexOfAny([separator, '"', '\r', '\n', ',', ';', '\t']) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary><c>2026-11-27 14:32</c> at the site; "" for none.</summary>
    public static string Local(Hosting.SiteClock site, DateTime? utc) =>
        utc is { } instant ? site.ToLocal(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";
}
