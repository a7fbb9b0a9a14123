namespace MaintenanceApp.Tickets.Files;

/// <summary>How a page shows a file.</summary>
public enum FileUse
{
    /// <summary>As a small picture that opens large.</summary>
    Picture,

    /// <summary>In a player.</summary>
    Media,

    /// <summary>As a link; it is only downloaded.</summary>
    Download,
}

/// <summary>What a file is, found in its bytes; its name and the upload's content type are not believed.</summary>
/// <param name="ContentType">As it is served.</param>
/// <param name="Use">How a page shows it.</param>
/// <param name="Extensions">With their dot, the usual one first.</param>
public sealed record FileContent(string ContentType, FileUse Use, params IReadOnlyList<string> Extensions)
{
    /// <summary>How many bytes of the beginning are looked at; a photo tells its size behind what the camera and programs wrote into it.</summary>
    public const int HeadBytes = 1024 * 1024;

    public static FileContent Jpeg { get; } = new("image/jpeg", FileUse.Picture, ".jpg", ".jpeg");

    public static FileContent Png { get; } = new("image/png", FileUse.Picture, ".png");

    public static FileContent Gif { get; } = new("image/gif", FileUse.Picture, ".gif");

    public static FileContent WebP { get; } = new("image/webp", FileUse.Picture, ".webp");

    /// <summary>Photos of iPhones; most browsers cannot show them.</summary>
    public static FileContent Heic { get; } = new("image/heic", FileUse.Download, ".heic", ".heif");

    public static FileContent Pdf { get; } = new("application/pdf", FileUse.Download, ".pdf");

    /// <summary>Every kind that is taken.</summary>
    public static IReadOnlyList<FileContent> All =>
        [Jpeg, Png, Gif, WebP, Heic, Pdf, .. MediaContent.All, .. OfficeContent.All, .. TextContent.All];

    /// <summary>For a file input (HTML, attribute <c>accept</c>): what a device offers to take or to choose.</summary>
    public static string Accept { get; } = "image/*,video/mp4,video/quicktime,video/webm,audio/*," + string.Join(',', All.SelectMany(kind => kind.Extensions).Distinct());

    /// <summary>Of a stored content type.</summary>
    public static bool IsVideo(string contentType) => contentType.StartsWith("video/", StringComparison.Ordinal);

    /// <inheritdoc cref="IsVideo"/>
    public static bool IsSound(string contentType) => contentType.StartsWith("audio/", StringComparison.Ordinal);

    /// <summary>Null for whatever is not taken: programs, archives, SVG, HTML and XML among them.</summary>
    /// <param name="file">The whole file, to be read from any place; what stands before its current position is looked at too.</param>
    /// <param name="head">Its first bytes, up to <see cref="HeadBytes"/>.</param>
    public static FileContent? Of(Stream file, ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => MediaContent.OfBoxes(head),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => MediaContent.OfMatroska(head),
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => Pdf,
        [(byte)'P', (byte)'K', 3, 4, ..] => OfficeContent.Of(file),
        _ => MediaContent.OfMp3(file, head) ?? TextContent.Of(file),
    };
}
