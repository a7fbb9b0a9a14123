using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets.Files;

/// <summary>Section <c>Files</c>: photos and documents of tickets.</summary>
public sealed class FileStorageOptions
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>
    /// Relative to the program's folder; null = <c>files</c> beside the SQLite file, <c>data/files</c> with PostgreSQL. Belongs
    /// into the same backup as the database.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>Bytes of one file.</summary>
    [Range(Mebibyte, 25 * Mebibyte, ErrorMessage = "Files:MaxBytes must be between 1 MiB (1048576) and 25 MiB (26214400).")]
    public long MaxBytes { get; set; } = 10 * Mebibyte;

    /// <summary>Bytes of one video or sound; a phone's film of 20 s takes about 30 MiB.</summary>
    [Range(Mebibyte, 500 * Mebibyte, ErrorMessage = "Files:MaxMediaBytes must be between 1 MiB (1048576) and 500 MiB (524288000).")]
    public long MaxMediaBytes { get; set; } = 50 * Mebibyte;

    /// <summary>Uploads that are taken at the same time; four times as many wait, the rest are asked to come again.</summary>
    [Range(1, 500, ErrorMessage = "Files:MaxUploads must be between 1 and 500.")]
    public int MaxUploads { get; set; } = 16;

    /// <summary>Of whatever kind: how much of an upload is read before its kind is known.</summary>
    internal long MostBytes => Math.Max(MaxBytes, MaxMediaBytes);

    /// <summary>Of one ticket, without those removed.</summary>
    [Range(1, 500, ErrorMessage = "Files:MaxPerTicket must be between 1 and 500.")]
    public int MaxPerTicket { get; set; } = 50;

    /// <summary>The refusal of a file that is longer than <paramref name="maxBytes"/>.</summary>
    internal static InvalidInputException TooLarge(long maxBytes) =>
        new("FileSize", string.Create(CultureInfo.InvariantCulture, $"Fichier trop volumineux : {maxBytes / Mebibyte} Mo au plus"));
}
