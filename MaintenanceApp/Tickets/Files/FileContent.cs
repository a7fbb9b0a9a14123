using System.Text;

namespace MaintenanceApp.Tickets.Files;

/// <summary>What a file is, found in its bytes; its name and the upload's content type are not believed.</summary>
/// <param name="ContentType">As it is served.</param>
/// <param name="Extension">As it is named, with its dot.</param>
/// <param name="IsPicture">Shown in the page; everything else is only downloaded.</param>
public sealed record FileContent(string ContentType, string Extension, bool IsPicture)
{
    public static FileContent Jpeg { get; } = new("image/jpeg", ".jpg", true);

    public static FileContent Png { get; } = new("image/png", ".png", true);

    public static FileContent Gif { get; } = new("image/gif", ".gif", true);

    public static FileContent WebP { get; } = new("image/webp", ".webp", true);

    /// <summary>Photos of iPhones; most browsers cannot show them.</summary>
    public static FileContent Heic { get; } = new("image/heic", ".heic", false);

    public static FileContent Pdf { get; } = new("application/pdf", ".pdf", false);

    public static FileContent PlainText { get; } = new("text/plain; charset=utf-8", ".txt", false);

    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null for whatever is not taken: programs, archives, SVG, HTML and XML among them.</summary>
    /// <param name="bytes">The whole file.</param>
    public static FileContent? Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => HeicBrands.Contains(Brand(bytes)) ? Heic : null,
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => Pdf,
        _ => IsPlainText(bytes) ? PlainText : null,
    };

    private static string Brand(ReadOnlySpan<byte> bytes) => bytes.Length < 12 ? "" : Encoding.ASCII.GetString(bytes[8..12]);

    /// <summary>UTF-8 without control characters that does not begin like markup.</summary>
    private static bool IsPlainText(ReadOnlySpan<byte> bytes)
    {
        string text;
        try
        {
            text = Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        return text.Length > 0
            && !text.Any(character => char.IsControl(character) && character is not ('\t' or '\r' or '\n' or '\f'))
            && !text.TrimStart().StartsWith('<')
            && !text.StartsWith("#!", StringComparison.Ordinal);
    }
}
