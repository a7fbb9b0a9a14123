using System.Diagnostics;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaintenanceApp.Tests.Data;

/// <summary>The plug is pulled while a newer version brings a factory's SQLite file up to date: the next start goes on.</summary>
public sealed class CutMigrationTests
{
    [Fact]
    public async Task A_start_killed_after_any_commit_of_a_migration_is_finished_by_the_next()
    {
        await using var database = await FirstVersionAsync();
        using var commits = new Commits(database.FilePath);
        using (DiagnosticListener.AllListeners.Subscribe(commits))
        {
            await StartAsync(database);
        }

        commits.Copies.Count.ShouldBeGreaterThanOrEqualTo(4, "one for each later migration");
        foreach (var copy in commits.Copies)
        {
            await using var cut = TestDatabase.OfFile(copy);
            await StartAsync(cut);

            await using var db = cut.CreateDbContext();
            (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
            (await db.WebhookNotifications.AsNoTracking().SingleAsync()).WebhookId.ShouldBe("msg_1");
            (await db.WebhookAttempts.AsNoTracking().SingleAsync()).NotificationId.ShouldBe(1);
        }
    }

    /// <summary>With one ticket whose notification has one attempt: a table rebuilt under checked foreign keys would lose the attempt.</summary>
    private static async Task<TestDatabase> FirstVersionAsync()
    {
        var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        await using var db = database.CreateDbContext();
        await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().First());
        await database.ExecuteAsync("INSERT INTO tickets (id, ticket_id, title, description, status, priority, reported_by) VALUES (1, 'A-1', 'Fuite', 'Presse', 'received', 'high', 1)");
        await database.ExecuteAsync(
            """
            INSERT INTO webhook_notifications (id, ticket_id, notification_type, webhook_url, status, webhook_id, seq, next_attempt_at) VALUES
              (1, 1, 'overdue_scheduled', 'https://recepteur.invalid/x', 'pending', 'msg_1', 1, '2025-11-12 00:00:00')
            """);
        await database.ExecuteAsync("INSERT INTO webhook_attempts (id, notification_id, number, started_at, outcome) VALUES (1, 1, 1, '2025-11-11 00:00:00', 'reset')");
        return database;
    }

    private static async Task StartAsync(TestDatabase database)
    {
        var connection = new DatabaseConnection(DatabaseProvider.Sqlite, database.ConnectionString);
        using var processLock = new SqliteProcessLock(connection);
        await new DatabaseStartup(database, processLock, connection).PrepareAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Copies the file after every commit: what a process killed right then leaves on the disk.</summary>
    private sealed class Commits(string file) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private IDisposable? subscription;

        public List<string> Copies { get; } = [];

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                subscription = value.Subscribe(this, name => name == RelationalEventId.TransactionCommitted.Name);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            // Other tests commit too, to files of their own.
            if (value.Value is TransactionEndEventData { Context: { } context } && context.Database.GetConnectionString()!.Contains(file, StringComparison.Ordinal))
            {
                var copy = TestDatabase.TemporaryPath(".db");
                foreach (var part in new[] { "", "-wal", "-journal" }.Where(part => File.Exists(file + part)))
                {
                    File.Copy(file + part, copy + part);
                }

                Copies.Add(copy);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => subscription?.Dispose();
    }
}
