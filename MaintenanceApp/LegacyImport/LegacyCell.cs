using System.Globalization;
using System.Text;

namespace MaintenanceApp.LegacyImport;

/// <summary>One value of the old database, as text, whatever its storage class was; SQL NULL is no cell at all.</summary>
/// <param name="Text">Readable by both databases: what was not is replaced by U+FFFD.</param>
/// <param name="WasDamaged">Some bytes were not text, or were NUL, which PostgreSQL refuses.</param>
public sealed record LegacyCell(string Text, bool WasDamaged)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    public static LegacyCell Read(string storage, byte[] bytes, Encoding databaseEncoding)
    {
        // A BLOB holds what was written into it, in this system always UTF-8; everything else is in the file's encoding.
        var text = (storage == "blob" ? Encoding.UTF8 : databaseEncoding).GetString(bytes);
        var readable = text.Replace('\0', '\uFFFD');
        return new(readable, readable.Contains('\uFFFD', StringComparison.Ordinal));
    }

    /// <summary>
    /// Whole numbers, also written as text (<c>'7'</c>) or as a real (<c>7.0</c>). Null for one with a comma: it divides thousands
    /// for some and decimals for others, and person 2,0 must not become person 20.
    /// </summary>
    public long? Number() => decimal.TryParse(
        Text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;

    /// <summary>For a report: short, on one line, harmless to a terminal.</summary>
    public string Quoted => $"'{string.Concat(Shorten(Text, 60).Select(letter => char.IsControl(letter) ? ' ' : letter))}'";

    /// <summary>At most <paramref name="length"/> characters (UTF-16), never half a surrogate pair.</summary>
    public static string Shorten(string text, int length) => text.Length <= length ? text
        : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
