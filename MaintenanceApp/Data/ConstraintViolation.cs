using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MaintenanceApp.Data;

/// <summary>What the database refused, in words that do not depend on which database it is.</summary>
public static class ConstraintViolation
{
    // Extended result codes of sqlite.org/rescode.html.
    private const int SqliteForeignKey = 787;
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteTrigger = 1811;
    private const int SqliteUnique = 2067;

    // Primary result codes.
    private const int SqliteTooBig = 18;
    private const int SqliteConstraint = 19;
    private const int SqliteMismatch = 20;

    public static bool IsUnique(DbUpdateException exception) => exception.InnerException switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        _ => false,
    };

    public static bool IsForeignKey(DbUpdateException exception) => exception.InnerException switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteForeignKey or SqliteTrigger,
        _ => false,
    };

    /// <summary>
    /// The values of one row are refused, or cannot be read: trying again with the same ones is no use, and other rows are
    /// not concerned. PostgreSQL: classes 22 (data exception) and 23 (integrity constraint violation).
    /// </summary>
    public static bool IsOfValues(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState.StartsWith("22", StringComparison.Ordinal) || postgres.SqlState.StartsWith("23", StringComparison.Ordinal),
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteTooBig or SqliteConstraint or SqliteMismatch,
        { InnerException: { } inner } => IsOfValues(inner),
        _ => false,
    };

    /// <summary>Two serializable transactions met; one of them may simply try again.</summary>
    public static bool IsSerialization(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        { InnerException: { } inner } => IsSerialization(inner),
        _ => false,
    };
}
