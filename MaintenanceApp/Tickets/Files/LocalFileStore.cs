using System.Text.RegularExpressions;
using MaintenanceApp.Data;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets.Files;

/// <summary>A folder on this machine, beside the database unless configured. Two letters of the key are a folder of their own.</summary>
public sealed partial class LocalFileStore(IOptions<FileStorageOptions> options, DatabaseConnection database, IHostEnvironment environment) : IFileStore
{
    private readonly string root = Path.GetFullPath(
        options.Value.Directory ?? (database.File is { } file ? Path.Combine(Path.GetDirectoryName(file) ?? "", "files") : "data/files"),
        environment.ContentRootPath);

    public async Task SaveAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Half a file never has its name: a process that dies here leaves only a .part behind.
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    public Stream? Open(string key)
    {
        var path = PathOf(key);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true) : null;
    }

    public bool Delete(string key)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    public IEnumerable<string> KeysWrittenBefore(DateTime instant) => !Directory.Exists(root)
        ? []
        : new DirectoryInfo(root).EnumerateDirectories("??")
            .SelectMany(folder => folder.EnumerateFiles().Where(file => file.Name.StartsWith(folder.Name, StringComparison.Ordinal)))
            .Where(file => Name().IsMatch(file.Name) && file.LastWriteTimeUtc < instant)
            .Select(file => file.Name);

    /// <summary>Where a key is within the folder, with <c>/</c> on every system: a backup unpacks to the same places.</summary>
    /// <exception cref="ArgumentException">Not a key: it could lead elsewhere.</exception>
    internal static string PlaceOf(string key) => Name().IsMatch(key)
        ? $"{key[..2]}/{key}"
        : throw new ArgumentException("A key is lower-case letters, digits and -, at least 8.", nameof(key));

    private string PathOf(string key) => Path.Combine(root, PlaceOf(key));

    /// <summary>A key, or what a write that never ended left of it.</summary>
    [GeneratedRegex(@"^[a-z0-9-]{8,}(\.[0-9a-f]{32}\.part)?\z")]
    private static partial Regex Name();
}
