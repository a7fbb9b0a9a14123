using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets.Files;

/// <summary>
/// Where the bytes of photos and files are. <see cref="LocalFileStore"/> keeps them on this machine's disk; another
/// place (S3 and its like) is one more class.
/// </summary>
public interface IFileStore
{
    /// <summary>All of it or nothing; a key is written once. Bytes go to their place as they come, none wait in memory.</summary>
    /// <param name="key">Made by this application, never typed by a person.</param>
    /// <param name="content">Read to its end, or until it is too large.</param>
    /// <param name="maxBytes">What is longer is not kept.</param>
    /// <param name="cancellationToken">Stops before it is visible.</param>
    /// <returns>How many bytes.</returns>
    /// <exception cref="InvalidInputException">Longer than <paramref name="maxBytes"/> (field <c>FileSize</c>).</exception>
    /// <exception cref="FileStoreException">No room, or no right to write.</exception>
    Task<long> SaveAsync(string key, Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>The caller disposes it; it can be read from any place. Null when there is nothing under this key.</summary>
    Stream? Open(string key);

    /// <summary>False when there is nothing under this key.</summary>
    /// <exception cref="IOException">No right to delete, or the disk fails.</exception>
    bool Delete(string key);

    /// <summary>
    /// What was last written before this instant (UTC). Leftovers of a write that never ended are among them, under names
    /// that no file has and that <see cref="Delete"/> takes.
    /// </summary>
    IEnumerable<string> KeysWrittenBefore(DateTime instant);
}

/// <summary>The place of the files cannot be written. Told apart from an upload that breaks off, which ends in an <see cref="IOException"/> too.</summary>
public sealed class FileStoreException(Exception cause) : Exception("The file store cannot be written.", cause);
