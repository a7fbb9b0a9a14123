using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaintenanceApp.Data;

/// <summary>
/// SQLite opens a file that it may not write for reading only, and says so at the first write. The pool would keep such a
/// connection after the file can be written again, for ever: throw them away, so that the next one is opened anew.
/// </summary>
internal sealed class SqliteReadOnlyRecovery : DbCommandInterceptor
{
    public static readonly SqliteReadOnlyRecovery Instance = new();

    /// <summary>SQLITE_READONLY (https://www.sqlite.org/rescode.html).</summary>
    private const int ReadOnly = 8;

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Forget(eventData.Exception);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Exception);
        return Task.CompletedTask;
    }

    private static void Forget(Exception exception)
    {
        if (exception is SqliteException { SqliteErrorCode: ReadOnly })
        {
            SqliteConnection.ClearAllPools();
        }
    }
}
