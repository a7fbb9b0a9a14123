using System.ComponentModel.DataAnnotations;

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

    /// <summary>Of one ticket, without those removed.</summary>
    [Range(1, 500, ErrorMessage = "Files:MaxPerTicket must be between 1 and 500.")]
    public int MaxPerTicket { get; set; } = 50;
}
