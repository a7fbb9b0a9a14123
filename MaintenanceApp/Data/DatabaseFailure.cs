using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MaintenanceApp.Data;

/// <summary>
/// Whether the database could not answer, whichever it is and however EF Core has wrapped what it said. A statement that
/// the database understood and refused, such as a constraint, is none of these.
/// </summary>
public static class DatabaseFailure
{
    // Result codes of sqlite.org/rescode.html.
    private const int Busy = 5;
    private const int Locked = 6;
    private static readonly int[] Storage = [7, 8, 9, 10, 11, 13, 14, 15, 22, 26];

    // Classes of postgresql.org/docs/current/errcodes-appendix.html: connection, resources, operator intervention, system.
    private static readonly string[] Server = ["08", "53", "57", "58"];

    /// <summary>Worth trying again: the database is away, full, or held by somebody else.</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        SqliteException { SqliteErrorCode: Busy or Locked } => true,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => true,
        DbException => IsAway(exception),
        _ => Is(exception.InnerException),
    };

    /// <summary>Nothing can be read either.</summary>
    public static bool IsAway(Exception? exception) => exception switch
    {
        null => false,
        SqliteException sqlite => Storage.Contains(sqlite.SqliteErrorCode),
        PostgresException postgres => Server.Any(group => postgres.SqlState.StartsWith(group, StringComparison.Ordinal)),
        NpgsqlException => true,
        _ => IsAway(exception.InnerException),
    };

    /// <summary>Anything the database said, refusals too.</summary>
    public static bool IsFrom(Exception? exception) => exception is DbException || (exception is not null && IsFrom(exception.InnerException));
}
