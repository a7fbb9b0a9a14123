using System.Globalization;
using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.LegacyImport;

/// <summary>The next id that each database gives must be above the imported ones, and never that of a person who is gone.</summary>
internal static class IdSequences
{
    private static readonly string[] Tables = ["users", "machines", "tickets", "ticket_timeline", "ticket_comments", "webhook_notifications"];

    /// <summary>Moves forward only. PostgreSQL does not roll it back, which is harmless.</summary>
    /// <param name="db">Inside the import's transaction.</param>
    /// <param name="lastPerson">See <see cref="People.LastNumber"/>.</param>
    /// <param name="cancellationToken">The caller rolls back.</param>
    public static async Task MoveOnAsync(AppDb db, int lastPerson, CancellationToken cancellationToken)
    {
        foreach (var sql in db.Database.IsSqlite() ? Sqlite(lastPerson) : Tables.Select(table => PostgreSql(table, table == "users" ? lastPerson : 0)))
        {
            await db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
        }
    }

    // SQLite counts inserted ids by itself.
    private static IEnumerable<string> Sqlite(int lastPerson) =>
        [string.Create(CultureInfo.InvariantCulture, $"UPDATE sqlite_sequence SET seq = max(seq, {lastPerson}) WHERE name = 'users'")];

    private static string PostgreSql(string table, int last) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT setval(sequence, greatest(nextval(sequence), {last} + 1, (SELECT coalesce(max(id), 0) + 1 FROM {table})), false) FROM pg_get_serial_sequence('{table}', 'id') AS sequence");
}
