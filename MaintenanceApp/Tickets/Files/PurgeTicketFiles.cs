using MaintenanceApp.Data;
using MaintenanceApp.Live;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Files;

/// <summary>Deletes what nobody can want back: files taken off a ticket long ago, and bytes that no file names.</summary>
public sealed partial class PurgeTicketFiles(
    IDbContextFactory<AppDb> database, IFileStore store, LiveUpdates live, TimeProvider clock, ILogger<PurgeTicketFiles> logger)
{
    private const int BatchSize = 100;

    /// <summary>Rows and bytes of files taken off their ticket before this instant (UTC).</summary>
    /// <returns>How many files.</returns>
    public async Task<int> RemovedBeforeAsync(DateTime instant, CancellationToken cancellationToken)
    {
        var (total, after) = (0, 0);
        while (true)
        {
            var started = clock.GetTimestamp();
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var batch = await db.TicketFiles.AsNoTracking()
                .Where(file => file.Id > after && file.DeletedAt < instant)
                .OrderBy(file => file.Id).Take(BatchSize)
                .ToListAsync(cancellationToken);
            if (batch is [])
            {
                return total;
            }

            after = batch[^1].Id;
            foreach (var file in batch)
            {
                // Asked again: it may have been put back since.
                if (await db.TicketFiles.Where(row => row.Id == file.Id && row.DeletedAt < instant).ExecuteDeleteAsync(cancellationToken) == 1)
                {
                    total++;
                    DeleteBytes(file.StorageKey);
                    live.Publish(new TicketChanged(file.TicketId));
                }
            }

            await BatchPause.AfterAsync(clock, started, cancellationToken);
        }
    }

    /// <summary>
    /// Bytes written before this instant (UTC) that no file names: of an upload that broke off, or of a ticket whose bytes
    /// could not be deleted. A database that names no file at all has lost them or is not theirs: nothing is deleted then.
    /// </summary>
    /// <returns>How many, small pictures not counted.</returns>
    public async Task<int> OrphansAsync(DateTime writtenBefore, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await db.TicketFiles.AnyAsync(cancellationToken))
        {
            return 0;
        }

        var total = 0;
        foreach (var batch in store.KeysWrittenBefore(writtenBefore).Chunk(BatchSize))
        {
            var files = batch.Select(FileOf).Distinct().ToList();
            var named = await db.TicketFiles.Where(file => files.Contains(file.StorageKey)).Select(file => file.StorageKey).ToHashSetAsync(cancellationToken);
            total += batch.Count(key => !named.Contains(FileOf(key)) && TryDelete(key) && key == FileOf(key));
        }

        if (total > 0)
        {
            LogOrphans(logger, total);
        }

        return total;
    }

    /// <summary>A file's bytes and its small picture. Those that cannot be deleted are orphans: they go another night.</summary>
    internal void DeleteBytes(string storageKey)
    {
        TryDelete(storageKey);
        TryDelete(AddTicketFile.ThumbnailKey(storageKey));
    }

    /// <summary>The key of the file that a small picture belongs to. What a broken write left is nobody's.</summary>
    private static string FileOf(string key) =>
        key.EndsWith(AddTicketFile.ThumbnailEnd, StringComparison.Ordinal) ? key[..^AddTicketFile.ThumbnailEnd.Length] : key;

    private bool TryDelete(string key)
    {
        try
        {
            return store.Delete(key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogKept(logger, exception, key);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} files that no ticket names were deleted from the file store")]
    private static partial void LogOrphans(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "File {Key} could not be deleted from the file store: check Files:Directory and its rights. It is tried again each night")]
    private static partial void LogKept(ILogger logger, Exception exception, string key);
}
