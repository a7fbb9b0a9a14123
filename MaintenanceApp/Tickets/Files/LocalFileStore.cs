using System.Buffers;
using System.Text.RegularExpressions;
using MaintenanceApp.Data;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets.Files;

/// <summary>A folder on this machine, beside the database unless configured. Two letters of the key are a folder of their own.</summary>
public sealed partial class LocalFileStore(IOptions<FileStorageOptions> options, DatabaseConnection database, IHostEnvironment environment) : IFileStore
{
    private const int PieceBytes = 64 * 1024;

    private readonly string root = Path.GetFullPath(
        options.Value.Directory ?? (database.File is { } file ? Path.Combine(Path.GetDirectoryName(file) ?? "", "files") : "data/files"),
        environment.ContentRootPath);

    public async Task<long> SaveAsync(string key, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var path = PathOf(key);

        // Half a file never has its name: a process that dies here leaves only a .part behind.
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            Writing(() => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
            long length;
            await using (var file = Writing(() => new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0)))
            {
                length = await CopyAsync(content, file, maxBytes, cancellationToken);
                Writing(() => file.Flush(flushToDisk: true));
            }

            Writing(() => File.Move(part, path, overwrite: true));
            return length;
        }
        finally
        {
            DeletePart(part);
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

    private static async Task<long> CopyAsync(Stream content, FileStream file, long maxBytes, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            var length = 0L;
            int count;
            while ((count = await content.ReadAsync(piece, cancellationToken)) > 0)
            {
                length += count;
                if (length > maxBytes)
                {
                    throw FileStorageOptions.TooLarge(maxBytes);
                }

                // Not asynchronous: this is a copy into the system's cache, and a full disk is told apart from a lost connection.
                Writing(() => file.Write(piece, 0, count));
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static void Writing(Action write) => Writing(() =>
    {
        write();
        return true;
    });

    private static T Writing<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FileStoreException(exception);
        }
    }

    /// <summary>What cannot be deleted now goes with the night's purge; it must not hide why the write failed.</summary>
    private static void DeletePart(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }

    private string PathOf(string key) => Path.Combine(root, PlaceOf(key));

    /// <summary>A key, or what a write that never ended left of it.</summary>
    [GeneratedRegex(@"^[a-z0-9-]{8,}(\.[0-9a-f]{32}\.part)?\z")]
    private static partial Regex Name();
}
