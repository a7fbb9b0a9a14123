using System.Buffers.Binary;

namespace MaintenanceApp.Tickets.Files;

/// <summary>Width and height in pixels, read from the head of a picture. What cannot be read is no picture.</summary>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>More would take a browser's memory: a small file may unfold into gigabytes.</summary>
    private const long MaxPixels = 100_000_000;

    public bool IsReasonable => Width > 0 && Height > 0 && (long)Width * Height <= MaxPixels;

    /// <summary>Null when the bytes are not what <paramref name="content"/> says, or end too early.</summary>
    public static PictureSize? Of(FileContent content, ReadOnlySpan<byte> bytes)
    {
        if (content == FileContent.Png)
        {
            return bytes.Length >= 24 && bytes[12..16].SequenceEqual("IHDR"u8)
                ? new((int)BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]))
                : null;
        }

        if (content == FileContent.Gif)
        {
            return bytes.Length >= 10 ? new(BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])) : null;
        }

        return content == FileContent.WebP ? OfWebP(bytes) : content == FileContent.Jpeg ? OfJpeg(bytes) : null;
    }

    // ISO/IEC 10918-1, B.1.1: segments, each with its length, until a frame header (SOF0–SOF15 without DHT, JPG, DAC).
    private static PictureSize? OfJpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 9 < bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new(BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            // 0xFF may be repeated as filling.
            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }

    // RFC 9649, §2.5–2.7: the first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended).
    private static PictureSize? OfWebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
        {
            return null;
        }

        var chunk = bytes[12..16];
        if (chunk.SequenceEqual("VP8X"u8))
        {
            return new(1 + ReadUInt24(bytes[24..]), 1 + ReadUInt24(bytes[27..]));
        }

        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return new(1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return chunk.SequenceEqual("VP8 "u8)
            ? new(BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF)
            : null;
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
