using System.IO.Compression;
using System.Text;

namespace MaintenanceApp.Tests.Tickets.Files;

/// <summary>The smallest files that are what they say.</summary>
internal static class FileSamples
{
    private const string Office = "application/vnd.openxmlformats-officedocument.";

    /// <summary>A film or a sound of this brand: its first box and the one that follows.</summary>
    public static byte[] Boxes(string brand, string next = "moov") =>
        [0, 0, 0, 20, .. Ascii("ftyp" + brand), 0, 0, 2, 0, .. Ascii("isom"), 0, 0, 0, 16, .. Ascii(next), 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The head of a Matroska file of this type.</summary>
    public static byte[] Matroska(string type) =>
        [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0xF7, 0x81, 1, 0x42, 0x82, (byte)(0x80 + type.Length), .. Ascii(type), 0x42, 0x87, 0x81, 4];

    /// <summary>Frames of silence: MPEG 1, layer III, 128 kbit/s, 44.1 kHz, each 417 bytes.</summary>
    public static byte[] Mp3(int frames) => [.. Enumerable.Repeat<byte[]>([0xFF, 0xFB, 0x90, 0xC0, .. new byte[413]], frames).SelectMany(frame => frame)];

    /// <summary>The same behind a tag of 300 bytes.</summary>
    public static byte[] TaggedMp3(int frames) => [.. Ascii("ID3"), 4, 0, 0, 0, 0, 2, 44, .. new byte[300], .. Mp3(frames)];

    public static byte[] Docx() => Archive(("[Content_Types].xml", Types($"{Office}wordprocessingml.document.main+xml")), ("word/document.xml", "<w:document/>"));

    public static byte[] Xlsx() => Archive(("[Content_Types].xml", Types($"{Office}spreadsheetml.sheet.main+xml")), ("xl/workbook.xml", "<workbook/>"));

    public static byte[] Pptx() => Archive(("[Content_Types].xml", Types($"{Office}presentationml.presentation.main+xml")), ("ppt/presentation.xml", "<p/>"));

    public static byte[] MacroWorkbook() =>
        Archive(("[Content_Types].xml", Types("application/vnd.ms-excel.sheet.macroEnabled.main+xml")), ("xl/vbaProject.bin", "program"));

    public static byte[] HiddenMacro() => Archive(("[Content_Types].xml", Types($"{Office}wordprocessingml.document.main+xml")), ("word/vbaProject.bin", "program"));

    public static byte[] Archive(params (string Name, string Content)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Windows1252(string text) => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text);

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static string Types(string main) => $"""<Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/main.xml" ContentType="{main}"/></Types>""";
}
