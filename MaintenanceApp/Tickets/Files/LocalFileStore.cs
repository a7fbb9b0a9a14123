using MaintenanceApp.Data;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets.Files;

/// <summary>A folder on this machine, beside the database unless configured. Two letters of the key are a folder of their own.</summary>
public sealed class LocalFileStore(IOptions<FileStorageOptions> options, DatabaseConnection database, IHostEnvironment environment) : IFileStore
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

    private string PathOf(string key)
    {
        if (key.Length < 8 || !key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            throw new ArgumentException("A key is lower-case letters, digits and -, at least 8.", nameof(key));
        }

        return Path.Combine(root, key[..2], key);
    }
}
