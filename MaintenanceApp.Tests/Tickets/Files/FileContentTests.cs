using System.Text;
using MaintenanceApp.Tickets.Files;

namespace MaintenanceApp.Tests.Tickets.Files;

public sealed class FileContentTests
{
    /// <summary>Heads of real files, and of those that pretend.</summary>
    public static TheoryData<string, byte[], string?> Kinds { get; } = new()
    {
        { "JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "image/jpeg" },
        { "PNG", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0], "image/png" },
        { "GIF that is also a script", Encoding.ASCII.GetBytes("GIF89a=1;alert(document.cookie)//"), "image/gif" },
        { "WebP", Encoding.ASCII.GetBytes("RIFF\u0010\0\0\0WEBPVP8 "), "image/webp" },
        { "HEIC", [0, 0, 0, 24, .. Encoding.ASCII.GetBytes("ftypheic"), 0, 0], "image/heic" },
        { "MP4", FileSamples.Boxes("isom"), "video/mp4" },
        { "MP4 of a phone, its data first", FileSamples.Boxes("mp42", "mdat"), "video/mp4" },
        { "MP4 with nothing behind its head", [0, 0, 0, 24, .. FileSamples.Ascii("ftypisom"), 0, 0], null },
        { "a program that begins like an MP4", FileSamples.Boxes("isom", "\u007fELF"), null },
        { "a brand nobody here plays", FileSamples.Boxes("jp2 "), null },
        { "MOV", FileSamples.Boxes("qt  ", "wide"), "video/quicktime" },
        { "M4A", FileSamples.Boxes("M4A "), "audio/mp4" },
        { "WebM", FileSamples.Matroska("webm"), "video/webm" },
        { "another Matroska", FileSamples.Matroska("matroska"), null },
        { "MP3", FileSamples.Mp3(2), "audio/mpeg" },
        { "MP3 behind a tag", FileSamples.TaggedMp3(2), "audio/mpeg" },
        { "one frame and nothing more", FileSamples.Mp3(1), null },
        { "a tag and nothing more", FileSamples.TaggedMp3(0), null },
        { "Word", FileSamples.Docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { "Excel", FileSamples.Xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "PowerPoint", FileSamples.Pptx(), "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
        { "Excel with macros", FileSamples.MacroWorkbook(), null },
        { "Word with macros nobody declares", FileSamples.HiddenMacro(), null },
        { "another archive", FileSamples.Archive(("program.exe", "MZ")), null },
        { "half an archive", FileSamples.Docx()[..60], null },
        { "PDF", Encoding.ASCII.GetBytes("%PDF-1.7\n"), "application/pdf" },
        { "PDF behind something else", Encoding.ASCII.GetBytes("\u0001\u0002%PDF-1.7\n"), null },
        { "text", Encoding.UTF8.GetBytes("Relevé\tde 14 h\r\n82 °C"), "text/plain; charset=utf-8" },
        { "text with a byte order mark", [0xEF, 0xBB, 0xBF, (byte)'a'], "text/plain; charset=utf-8" },
        { "a CSV of Excel in French", FileSamples.Windows1252("Pièce;Qté;Coût\r\nÉlectrovanne;2;1 250,00 €\r\n"), "text/plain; charset=windows-1252" },
        { "text of Notepad", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Relevé de 14 h")], "text/plain; charset=utf-16" },
        { "the same, the other way round", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("Relevé de 14 h")], "text/plain; charset=utf-16" },
        { "UTF-16 that ends in mid letter", [0xFF, 0xFE, (byte)'a'], null },
        { "a program of a milling machine", FileSamples.Ascii("\u0002%\r\nO1234 (BRIDE)\r\nG21 G90\r\nM30\r\n%\u0003\u001a"), "text/plain; charset=utf-8" },
        { "a log with a printer's signs", FileSamples.Windows1252("\u001b@Température élevée\u000b82 °C\u0007\r\n"), "text/plain; charset=windows-1252" },
        { "bytes at random without a NUL", [.. Enumerable.Range(0, 2000).Select(at => (byte)(1 + ((at * 197) + (at / 7 * 31)) % 255))], null },
        { "only control characters", [1, 2, 3], null },
        { "what Windows-1252 does not define", [.. FileSamples.Ascii("Releve"), 0x81, (byte)'a'], null },
        { "HTML of Notepad", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<html>")], null },
        { "text with a NUL", [(byte)'a', 0, (byte)'b'], null },
        { "SVG", Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"), null },
        { "SVG after a byte order mark and spaces", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(" \n<svg/>")], null },
        { "HTML", Encoding.UTF8.GetBytes("<!doctype html><script>alert(1)</script>"), null },
        { "a script", Encoding.UTF8.GetBytes("#!/bin/sh\nrm -rf /"), null },
        { "a Windows program", [(byte)'M', (byte)'Z', 0x90, 0, 3], null },
        { "an archive", [(byte)'P', (byte)'K', 3, 4, 20, 0], null },
        { "nothing", [], null },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_is_what_its_bytes_say(string name, byte[] bytes, string? contentType) =>
        Of(bytes)?.ContentType.ShouldBe(contentType, name);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_refused_is_refused(string name, byte[] bytes, string? contentType) => (Of(bytes) is null).ShouldBe(contentType is null, name);

    private static FileContent? Of(byte[] bytes) => FileContent.Of(new MemoryStream(bytes), bytes);

    [Fact]
    public void Sizes_are_read_from_the_head_and_broken_ones_are_no_picture()
    {
        PictureSize.Of(FileContent.Png, Pictures.Png(640, 480)).ShouldBe(new PictureSize(640, 480));
        PictureSize.Of(FileContent.Jpeg, Pictures.Jpeg(1600, 1200)).ShouldBe(new PictureSize(1600, 1200));
        PictureSize.Of(FileContent.Gif, [.. Encoding.ASCII.GetBytes("GIF89a"), 3, 0, 2, 0]).ShouldBe(new PictureSize(3, 2));
        PictureSize.Of(FileContent.WebP, [.. Encoding.ASCII.GetBytes("RIFF\0\0\0\0WEBPVP8X"), 10, 0, 0, 0, 0, 0, 0, 0, 0x3F, 6, 0, 0xAF, 4, 0, 0]).ShouldBe(new PictureSize(1600, 1200));
        PictureSize.Of(FileContent.Jpeg, [0xFF, 0xD8, 0xFF]).ShouldBeNull();
        PictureSize.Of(FileContent.Jpeg, [0xFF, 0xD8, .. Enumerable.Repeat((byte)0xFF, 5000)]).ShouldBeNull();
        PictureSize.Of(FileContent.Png, Pictures.Png(640, 480).AsSpan(0, 20)).ShouldBeNull();
        new PictureSize(60_000, 60_000).IsReasonable.ShouldBeFalse("it would unfold into gigabytes");
        PictureSize.Of(FileContent.Png, Pictures.Png(-1, 5))!.Value.IsReasonable.ShouldBeFalse();
    }
}

/// <summary>The smallest heads of pictures that tell their size.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height) =>
        [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, .. Encoding.ASCII.GetBytes("IHDR"), .. BigEndian(width), .. BigEndian(height), 8, 2, 0, 0, 0];

    public static byte[] Jpeg(int width, int height) =>
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 0, 0, 0];

    private static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
