using MaintenanceApp.Data;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.LegacyImport;

/// <summary>
/// Copies the old system's database into this one, in one transaction. Ids are kept, so a second run finds its rows again
/// and leaves them alone, even when people have edited them since.
/// <para>
/// A row is "the same" when its id and its <c>created_at</c> (which nothing edits) are those of the file. When an id is
/// taken by another row (demo data, or work done here before the import), the whole import is refused: rows are never
/// mixed. Accounts are the exception, because a first administrator usually exists already: see <see cref="LegacyAccounts"/>.
/// </para>
/// </summary>
public sealed class ImportLegacyDatabase(IDbContextFactory<AppDb> database, DatabaseConnection connection, TimeProvider clock)
{
    private static readonly Dictionary<string, string> NotImported = new(StringComparer.OrdinalIgnoreCase)
    {
        ["media"] = "the rows only name the files; the files themselves are in the object storage of the old system, which cannot be reached from here: download them there and add them to their tickets",
        ["messages"] = "there is no messaging in MaintenanceApp yet",
        ["roles"] = "MaintenanceApp brings the same 14 roles",
        ["permissions"] = "what a role allows is fixed in MaintenanceApp",
        ["role_permissions"] = "what a role allows is fixed in MaintenanceApp",
    };

    /// <param name="file">The old system's SQLite file; only read.</param>
    /// <param name="isDryRun">Does everything, then rolls it back.</param>
    /// <param name="cancellationToken">Rolls everything back.</param>
    /// <param name="statuses">What the operator says of status words that are not certain; null = nothing.</param>
    /// <exception cref="LegacyImportException">Nothing was written; the message says why.</exception>
    public async Task<ImportReport> ExecuteAsync(
        string file, bool isDryRun, CancellationToken cancellationToken, IReadOnlyDictionary<string, TicketStatus>? statuses = null)
    {
        await using var source = await LegacyDatabase.OpenAsync(file, cancellationToken);
        try
        {
            var report = new ImportReport(file, Target(), isDryRun);
            if (await source.WarningAsync(file, cancellationToken) is { } warning)
            {
                report.Notes.Add(warning);
            }

            return await ImportAsync(source, report, isDryRun, new LegacyStatuses(statuses ?? new Dictionary<string, TicketStatus>()), cancellationToken);
        }
        catch (SqliteException failure) when (connection.Provider == DatabaseProvider.PostgreSql || failure.SqliteErrorCode is 11 or 26)
        {
            throw LegacyDatabase.Unreadable(file, failure);
        }
    }

    private async Task<ImportReport> ImportAsync(LegacyDatabase source, ImportReport report, bool isDryRun, LegacyStatuses statuses, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var rows = new RowImport(db, source, report);

        // 1. Accounts, then what refers to them, then what refers to tickets.
        var people = await LegacyAccounts.RunAsync(db, source, report.Start("users"), clock.GetUtcNow().UtcDateTime, cancellationToken);
        var legacyMachines = await LegacyMachines.LoadAsync(db, cancellationToken);
        var machines = await rows.RunAsync<Machine>("machines", legacyMachines.Read, null, cancellationToken);
        var legacyTickets = await LegacyTickets.LoadAsync(db, people, machines, statuses, cancellationToken);
        var tickets = await rows.RunAsync<Ticket>("tickets", legacyTickets.Read, ticket => ticket.RefreshSearchText(), cancellationToken);
        statuses.RefuseUnknown();
        var history = new LegacyHistory(people, tickets);
        await rows.RunAsync<TimelineEntry>("ticket_timeline", history.ReadTimelineEntry, null, cancellationToken);
        await rows.RunAsync<TicketComment>("ticket_comments", history.ReadComment, null, cancellationToken);
        await rows.RunAsync<WebhookNotification>("webhook_notifications", history.ReadNotification, null, cancellationToken);

        // 2. Nothing is left out silently.
        foreach (var table in source.Tables.Where(name => report.Tables.All(done => !done.Table.Equals(name, StringComparison.OrdinalIgnoreCase))))
        {
            var reason = NotImported.GetValueOrDefault(table, "unknown table");
            report.NotImported.Add((table, await source.CountAsync(table, cancellationToken), reason));
        }

        // 3. Refuse as a whole, or keep as a whole.
        rows.RefuseMixing();
        if (!isDryRun)
        {
            await IdSequences.MoveOnAsync(db, people.LastNumber, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return report;
    }

    private string Target() => connection.File is { } file ? $"the SQLite database {file}" : "the PostgreSQL database";
}
