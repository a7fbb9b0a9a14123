using System.Formats.Tar;
using MaintenanceApp.Tickets.Files;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Operations;

/// <param name="Count">Files in the archive; their small pictures come along uncounted.</param>
/// <param name="Missing">Named by the database, not found in the store.</param>
internal sealed record ArchivedFiles(int Count, int Missing);

/// <summary>
/// The files of tickets that a copy of the database names, as a tar archive with the folders of <see cref="LocalFileStore"/>:
/// unpacked into <c>Files:Directory</c> it is the store again. One file at a time goes through memory.
/// </summary>
internal static class FileArchive
{
    /// <param name="database">A SQLite file; it may be of an older version, without files.</param>
    /// <param name="store">Where the bytes are.</param>
    /// <param name="target">Written anew; not made when there is nothing to put into it.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="IOException">No room, or no right to read or write.</exception>
    public static async Task<ArchivedFiles> WriteAsync(string database, IFileStore store, string target, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'ticket_files'";
        if ((long)(await command.ExecuteScalarAsync(cancellationToken))! == 0)
        {
            return new(0, 0);
        }

        command.CommandText = "SELECT storage_key FROM ticket_files ORDER BY id";
        await using var keys = await command.ExecuteReaderAsync(cancellationToken);
        var (count, missing) = (0, 0);
        TarWriter? tar = null;
        try
        {
            while (await keys.ReadAsync(cancellationToken))
            {
                var key = keys.GetString(0);
                await using var bytes = store.Open(key);
                if (bytes is null)
                {
                    missing++;
                    continue;
                }

                count++;
                tar ??= new TarWriter(new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None), TarEntryFormat.Pax);
                await AddAsync(tar, key, bytes, cancellationToken);
                var thumbnail = AddTicketFile.ThumbnailKey(key);
                await using var small = store.Open(thumbnail);
                if (small is not null)
                {
                    await AddAsync(tar, thumbnail, small, cancellationToken);
                }
            }
        }
        finally
        {
            await (tar?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        return new(count, missing);
    }

    private static Task AddAsync(TarWriter tar, string key, Stream bytes, CancellationToken cancellationToken) =>
        tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, LocalFileStore.PlaceOf(key)) { DataStream = bytes }, cancellationToken);
}
