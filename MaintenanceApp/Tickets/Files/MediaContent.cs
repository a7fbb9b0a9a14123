using System.Buffers.Binary;
using System.Text;

namespace MaintenanceApp.Tickets.Files;

/// <summary>Short videos and sounds, as phones make them of a noise or a leak.</summary>
internal static class MediaContent
{
    private static ReadOnlySpan<byte> WebMType => [0x42, 0x82, 0x84, (byte)'w', (byte)'e', (byte)'b', (byte)'m'];

    public static FileContent Mp4 { get; } = new("video/mp4", FileUse.Media, ".mp4", ".m4v");

    public static FileContent QuickTime { get; } = new("video/quicktime", FileUse.Media, ".mov", ".qt");

    public static FileContent WebM { get; } = new("video/webm", FileUse.Media, ".webm");

    public static FileContent M4a { get; } = new("audio/mp4", FileUse.Media, ".m4a", ".m4b");

    public static FileContent Mp3 { get; } = new("audio/mpeg", FileUse.Media, ".mp3");

    public static IReadOnlyList<FileContent> All { get; } = [Mp4, QuickTime, WebM, M4a, Mp3];

    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"];
    private static readonly string[] Mp4Brands = ["isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash", "MSNV"];
    private static readonly string[] M4aBrands = ["M4A ", "M4B "];

    // Boxes that may follow the first one of a film; a text or a program that only begins like one has none of them.
    private static readonly string[] NextBoxes = ["moov", "mdat", "free", "skip", "wide", "uuid", "meta", "moof", "styp", "sidx", "pdin"];

    // kbit/s by index; 0 = none, -1 = not allowed (ISO/IEC 11172-3, 2.4.2.3, and 13818-3, layer III).
    private static readonly int[] Rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, -1];
    private static readonly int[] Rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, -1];
    private static readonly int[] Frequencies = [44_100, 48_000, 32_000];

    /// <summary>ISO/IEC 14496-12, 4.3: a box named <c>ftyp</c> says by its brand what follows.</summary>
    public static FileContent? OfBoxes(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
        {
            return null;
        }

        var brand = Encoding.ASCII.GetString(head[8..12]);
        if (HeicBrands.Contains(brand))
        {
            return FileContent.Heic;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length is < 16 or > 4096 || length + 8 > head.Length || !NextBoxes.Contains(Encoding.ASCII.GetString(head.Slice((int)length + 4, 4))))
        {
            return null;
        }

        return Mp4Brands.Contains(brand) ? Mp4 : M4aBrands.Contains(brand) ? M4a : brand == "qt  " ? QuickTime : null;
    }

    /// <summary>RFC 8794: the element DocType (0x4282) of the head names the format; WebM only, not every Matroska file.</summary>
    public static FileContent? OfMatroska(ReadOnlySpan<byte> head) =>
        head[..Math.Min(head.Length, 64)].IndexOf(WebMType) > 0 ? WebM : null;

    /// <summary>Two frames that follow each other, behind an ID3 tag where there is one (id3.org, ID3v2.4.0 §3.1).</summary>
    public static FileContent? OfMp3(Stream file, ReadOnlySpan<byte> head)
    {
        long at = 0;
        if (head is [(byte)'I', (byte)'D', (byte)'3', 2 or 3 or 4, _, var flags, < 0x80 and var a, < 0x80 and var b, < 0x80 and var c, < 0x80 and var d, ..])
        {
            at = 10 + ((a << 21) | (b << 14) | (c << 7) | d) + ((flags & 0x10) != 0 ? 10 : 0);
        }
        else if (head is not [0xFF, >= 0xE0, ..])
        {
            return null;
        }

        return FrameLength(file, at) is { } first && FrameLength(file, at + first) is not null ? Mp3 : null;
    }

    private static int? FrameLength(Stream file, long at)
    {
        Span<byte> frame = stackalloc byte[4];
        file.Position = at;
        if (file.ReadAtLeast(frame, 4, throwOnEndOfStream: false) < 4 || frame[0] != 0xFF || (frame[1] & 0xE6) != 0xE2)
        {
            return null;
        }

        // 0 = MPEG 2.5, 1 = reserved, 2 = MPEG 2, 3 = MPEG 1.
        var (version, rate, frequency) = ((frame[1] >> 3) & 3, frame[2] >> 4, (frame[2] >> 2) & 3);
        var bits = (version == 3 ? Rates1 : Rates2)[rate] * 1000;
        if (version == 1 || bits <= 0 || frequency == 3)
        {
            return null;
        }

        var perSecond = Frequencies[frequency] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        return ((version == 3 ? 144 : 72) * bits / perSecond) + ((frame[2] >> 1) & 1);
    }
}
