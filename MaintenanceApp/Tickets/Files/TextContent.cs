using System.Text;

namespace MaintenanceApp.Tickets.Files;

/// <summary>
/// Text, as programs of today and of yesterday write it: UTF-8, UTF-16 with its mark (Notepad), Windows-1252 (a CSV of Excel in
/// French, logs of controllers). It is served in its own encoding, never converted.
/// </summary>
internal static class TextContent
{
    // A controller's own signs (start and end of a program or a record) are few; what is full of them is no text.
    private const double MostControls = 0.05;
    private const int FewControls = 4;

    // Nearly all letters of French are ASCII; of bytes at random no more than 4 in 10 are.
    private const double LeastAscii = 0.7;

    // These open as text, a table, a date or a mail, and run nothing.
    private static readonly string[] Extensions = [".txt", ".log", ".csv", ".tsv", ".md", ".json", ".ics", ".vcf", ".eml", ".nc", ".tap", ".gcode"];

    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static FileContent PlainUtf8 { get; } = Plain("utf-8");

    public static FileContent PlainUtf16 { get; } = Plain("utf-16");

    public static FileContent PlainWindows1252 { get; } = Plain("windows-1252");

    public static IReadOnlyList<FileContent> All { get; } = [PlainUtf8, PlainUtf16, PlainWindows1252];

    /// <summary>Null for what is no text, and for text that is markup or a script.</summary>
    public static FileContent? Of(Stream file)
    {
        Span<byte> mark = stackalloc byte[3];
        file.Position = 0;
        mark = mark[..file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false)];
        var kind = mark switch
        {
            [0xFF, 0xFE, ..] => (PlainUtf16, Look(file, Utf16, 2)),
            [0xFE, 0xFF, ..] => (PlainUtf16, Look(file, Utf16BigEndian, 2)),
            [0xEF, 0xBB, 0xBF] => (PlainUtf8, Look(file, Utf8, 3)),

            // Nothing else is UTF-8 by chance; what is none is the older encoding, or no text.
            _ => Look(file, Utf8, 0) is { } look ? (PlainUtf8, look) : (PlainWindows1252, Look(file, Windows1252, 0)),
        };
        return kind is var (content, seen) && seen is { IsText: true, IsHarmless: true } && (content != PlainWindows1252 || seen.IsMostlyAscii) ? content : null;
    }

    private static FileContent Plain(string charset) => new($"text/plain; charset={charset}", FileUse.Download, Extensions);

    /// <summary>Null when the bytes are not of this encoding.</summary>
    private static Seen? Look(Stream file, Encoding encoding, int start)
    {
        file.Position = start;
        using var reader = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 16 * 1024, leaveOpen: true);
        var piece = new char[16 * 1024];
        var seen = new Seen();
        try
        {
            int count;
            while ((count = reader.ReadBlock(piece)) > 0)
            {
                seen.Add(piece.AsSpan(0, count));
            }

            return seen;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>What a file holds, piece by piece.</summary>
    private sealed class Seen
    {
        // Some readers look for a PDF within the first 1024 bytes of whatever it is called.
        private const int BeginLetters = 1024;

        private string begin = "";
        private long all;
        private long controls;
        private long ascii;
        private bool hasForbidden;

        /// <summary>Hardly any control characters, and none that no program writes into text.</summary>
        public bool IsText => !hasForbidden && all > controls && controls <= Math.Max(FewControls, all * MostControls);

        /// <summary>Neither markup, nor a script, nor a PDF behind a few letters.</summary>
        public bool IsHarmless =>
            !begin.TrimStart().StartsWith('<') && !begin.StartsWith("#!", StringComparison.Ordinal) && !begin.Contains("%PDF-", StringComparison.Ordinal);

        public bool IsMostlyAscii => ascii >= all * LeastAscii;

        public void Add(ReadOnlySpan<char> piece)
        {
            begin = all == 0 ? piece[..Math.Min(piece.Length, BeginLetters)].ToString() : begin;
            all += piece.Length;
            foreach (var letter in piece)
            {
                // C1 controls (U+0080 to U+009F) are what Windows-1252 does not define.
                hasForbidden |= letter is '\0' or '\uFFFE' or '\uFFFF' or (>= '\u0080' and <= '\u009F');
                controls += char.IsControl(letter) && letter is not ('\t' or '\r' or '\n' or '\f') ? 1 : 0;
                ascii += letter < '\u0080' ? 1 : 0;
            }
        }
    }
}
