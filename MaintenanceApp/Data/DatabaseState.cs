using System.Data.Common;
using MaintenanceApp.Live;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaintenanceApp.Data;

/// <summary>
/// Whether the database answers this process, learnt from whatever is asked of it. Open pages hear of it
/// (<see cref="DatabaseChanged"/>): they say so while it is away and read again as soon as it is back.
/// </summary>
public sealed class DatabaseState(LiveUpdates live, TimeProvider clock)
{
    private readonly Lock change = new();
    private DateTime? awaySince;

    /// <summary>UTC; null while it answers.</summary>
    public DateTime? AwaySince => awaySince;

    internal void Failed(Exception exception)
    {
        if (DatabaseFailure.IsAway(exception))
        {
            Set(clock.GetUtcNow().UtcDateTime);
        }
    }

    internal void Answered()
    {
        if (awaySince is not null)
        {
            Set(null);
        }
    }

    private void Set(DateTime? since)
    {
        lock (change)
        {
            if (awaySince is null == since is null)
            {
                return;
            }

            awaySince = since;
        }

        live.Publish(new DatabaseChanged(IsAway: since is not null));
    }
}

/// <summary>Tells <see cref="DatabaseState"/> how each question of EF Core ended.</summary>
internal sealed class DatabaseWatch(DatabaseState state) : IDbCommandInterceptor, IDbConnectionInterceptor
{
    public void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) => state.Failed(eventData.Exception);

    public Task ConnectionFailedAsync(DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        state.Failed(eventData.Exception);
        return Task.CompletedTask;
    }

    public void CommandFailed(DbCommand command, CommandErrorEventData eventData) => state.Failed(eventData.Exception);

    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        state.Failed(eventData.Exception);
        return Task.CompletedTask;
    }

    public DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        state.Answered();
        return result;
    }

    public ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        state.Answered();
        return ValueTask.FromResult(result);
    }
}
