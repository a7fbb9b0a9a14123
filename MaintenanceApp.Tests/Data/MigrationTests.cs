using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaintenanceApp.Tests.Data;

/// <summary>A factory's database goes through every migration, present and future, without losing a row.</summary>
public sealed class MigrationTests
{
    /// <summary>The tables of the first migration, with rows that use what imported data uses: nulls, accents, long texts, orphans.</summary>
    private static readonly Dictionary<string, string> Rows = new()
    {
        ["machines"] =
            """
            INSERT INTO machines (id, machine_type, model, serial_number, location, status) VALUES
              (1, 'Polisseuse', 'Double Edger', 'PD-1', 'Hall A', 'operational'), (2, 'Four', 'N° 2 « neuf »', NULL, NULL, 'out_of_service')
            """,
        ["users"] =
            """
            INSERT INTO users (id, email, user_name, full_name, role, password_hash, last_login) VALUES
              (1, 'a@essai.invalid', 'a@essai.invalid', 'Ève D’Amours', 'admin', 'v2:00:00', '2025-11-01 08:00:00'),
              (2, 'b@essai.invalid', 'b@essai.invalid', 'Bob', 'technician', 'x', NULL)
            """,
        ["tickets"] =
            """
            INSERT INTO tickets (id, ticket_id, title, description, machine_id, status, priority, reported_by, assigned_to, scheduled_date, deleted_at) VALUES
              (1, 'A-1', 'Fuite « rouge » 🛢', 'Sous la presse', 1, 'received', 'high', 1, 0, '2025-11-10 00:00:00', NULL),
              (2, 'A-2', 'Bruit', 'Au démarrage', NULL, 'completed', 'low', 999, NULL, NULL, '2025-11-02 03:04:05')
            """,
        ["ticket_timeline"] = "INSERT INTO ticket_timeline (id, ticket_id, user_id, action, new_status) VALUES (1, 1, 1, 'Ticket créé', 'received'), (2, 2, 999, 'status_changed', 'completed')",
        ["ticket_comments"] = "INSERT INTO ticket_comments (id, ticket_id, user_name, comment) VALUES (1, 1, 'Ève', 'Vu')",
        ["webhook_notifications"] =
            """
            INSERT INTO webhook_notifications (id, ticket_id, notification_type, webhook_url, sent_at, response_status, response_body, status, webhook_id, seq, next_attempt_at) VALUES
              (1, 1, 'overdue_scheduled', 'https://recepteur.invalid/x', '2025-11-11 00:00:00', 200, 'ok', 'delivered', NULL, NULL, NULL),
              (2, 1, 'overdue_scheduled', 'https://recepteur.invalid/x', NULL, NULL, NULL, 'pending', 'msg_1', 1, '2025-11-12 00:00:00')
            """,
        ["webhook_attempts"] = "INSERT INTO webhook_attempts (id, notification_id, number, started_at, outcome) VALUES (1, 1, 1, '2025-11-11 00:00:00', 'accepted'), (2, 2, 1, '2025-11-12 00:00:00', 'unknown')",
        ["webhook_endpoints"] = "INSERT INTO webhook_endpoints (id, url, created_at) VALUES (1, 'https://recepteur.invalid/x', '2025-11-01 00:00:00')",
        ["scan_runs"] = "INSERT INTO scan_runs (id, state, trigger, requested_at, total_overdue, created_count) VALUES ('run_1', 'finished', 'schedule', '2025-11-11 00:00:00', 1, 1)",
    };

    [Theory, BothDatabases]
    public async Task A_populated_database_of_the_first_version_survives_every_migration(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using var db = ForMigrating(database);
        var migrator = db.GetService<IMigrator>();
        var migrations = db.Database.GetMigrations().ToList();
        await migrator.MigrateAsync(migrations[0]);
        foreach (var insert in Rows.Values)
        {
            await database.ExecuteAsync(insert);
        }

        var before = await ReadAsync(database);
        foreach (var migration in migrations)
        {
            await migrator.MigrateAsync(migration);
            Compare(before, await ReadAsync(database), migration);
        }

        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
        (await db.Tickets.AsNoTracking().Include(ticket => ticket.Timeline).ToListAsync()).Count.ShouldBe(2);
        (await db.WebhookNotifications.AsNoTracking().ToListAsync()).Count.ShouldBe(2);
        (await db.Users.AsNoTracking().ToListAsync()).Count.ShouldBe(3);
        (await db.WebhookAttempts.AsNoTracking().SingleAsync(attempt => attempt.Id == 2)).LeftAt.ShouldNotBeNull("it may have left under the older version");
    }

    [Theory, BothDatabases]
    public async Task Every_migration_starts_from_the_rows_that_the_one_before_could_hold(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using var db = ForMigrating(database);
        var migrator = db.GetService<IMigrator>();
        var migrations = db.Database.GetMigrations().ToList();
        foreach (var (migration, next) in migrations.Zip(migrations.Skip(1)))
        {
            // Down to nothing and up again: each step also meets rows written under its direct predecessor.
            await migrator.MigrateAsync(Migration.InitialDatabase);
            await migrator.MigrateAsync(migration);
            foreach (var insert in Rows.Values)
            {
                await database.ExecuteAsync(insert);
            }

            var before = await ReadAsync(database);
            await migrator.MigrateAsync(next);
            Compare(before, await ReadAsync(database), next);
        }
    }

    [Theory, BothDatabases]
    public async Task Preferences_and_saved_views_stay_while_limits_and_default_views_come_and_go(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using var db = ForMigrating(database);
        var migrator = db.GetService<IMigrator>();
        var migrations = db.Database.GetMigrations().ToList();
        var last = migrations.FindIndex(migration => migration.EndsWith("_BoardLimitsAndDefaultViews", StringComparison.Ordinal));
        await migrator.MigrateAsync(migrations[last - 1]);
        await database.ExecuteAsync(Rows["users"]);
        await database.ExecuteAsync("INSERT INTO saved_views (id, owner_id, name, query, is_shared, created_at, updated_at) VALUES (1, 2, 'Four « 3 »', 'view=overdue&machine=3', TRUE, '2025-11-11 00:00:00', '2025-11-12 00:00:00')");
        await database.ExecuteAsync("INSERT INTO user_preferences (user_id, language, density, single_keys, ticket_columns, updated_at) VALUES (2, 'en-CA', 'compact', FALSE, 'status,due', '2025-11-12 00:00:00')");

        foreach (var step in new[] { migrations[last], migrations[last - 1], migrations[last] })
        {
            await migrator.MigrateAsync(step);
            var view = (await database.QueryAsync("SELECT * FROM saved_views")).ShouldHaveSingleItem();
            (view["name"], view["query"]).ShouldBe(("Four « 3 »", "view=overdue&machine=3"));
            var preferences = (await database.QueryAsync("SELECT * FROM user_preferences")).ShouldHaveSingleItem();
            (preferences["language"], preferences["density"], preferences["ticket_columns"]).ShouldBe(("en-CA", "compact", "status,due"));
            Convert.ToBoolean(preferences["single_keys"], CultureInfo.InvariantCulture).ShouldBeFalse();
            preferences.GetValueOrDefault("ticket_view").ShouldBeNull("nobody has chosen yet");
            if (step == migrations[last])
            {
                // Undone, the choices are gone with their tables; what was there before is not.
                await database.ExecuteAsync("INSERT INTO column_limits (status, most, updated_at, updated_by) VALUES ('in_progress', 4, '2025-11-12 00:00:00', 1)");
                await database.ExecuteAsync("INSERT INTO role_views (role, view, updated_at, updated_by) VALUES ('technician', 'saved:1', '2025-11-12 00:00:00', 1)");
                await database.ExecuteAsync("UPDATE user_preferences SET ticket_view = 'mine' WHERE user_id = 2");
            }
        }
    }

    [Theory, BothDatabases]
    public async Task The_tables_of_the_scheduler_before_Hangfire_go_and_a_pause_stays(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using var db = ForMigrating(database);
        var migrator = db.GetService<IMigrator>();
        var migrations = db.Database.GetMigrations().ToList();
        var step = migrations.FindIndex(migration => migration.EndsWith("_HangfireJobs", StringComparison.Ordinal));
        await migrator.MigrateAsync(migrations[step - 1]);
        foreach (var table in new[] { "machines", "users", "tickets" })
        {
            await database.ExecuteAsync(Rows[table]);
        }

        await database.ExecuteAsync("UPDATE notifier_state SET paused_at = '2025-11-11 00:00:00', paused_by = 1");

        // As a running installation of the version before left them.
        await database.ExecuteAsync(await File.ReadAllTextAsync(Architecture.Sources.PathTo($"MaintenanceApp.Tests/Data/OldScheduler/{provider.ToString().ToLowerInvariant()}.sql")));
        await database.ExecuteAsync("UPDATE QRTZ_TRIGGERS SET TRIGGER_STATE = 'PAUSED' WHERE TRIGGER_NAME = 'scan-overdue'");

        await migrator.MigrateAsync();

        (await database.QueryAsync(provider == DatabaseProvider.Sqlite
            ? "SELECT name FROM sqlite_master WHERE name LIKE 'qrtz%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'qrtz%'")).ShouldBeEmpty();
        (await db.JobPauses.AsNoTracking().SingleAsync()).Job.ShouldBe("scan-overdue");
        (await db.Tickets.CountAsync()).ShouldBe(2);
        (await db.NotifierStates.AsNoTracking().SingleAsync()).PausedAt.ShouldBe(new DateTime(2025, 11, 11, 0, 0, 0, DateTimeKind.Utc));
    }

    [Theory, BothDatabases]
    public async Task Numbers_of_deleted_tickets_become_values_and_what_waits_waits_on(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using var db = ForMigrating(database);
        var migrator = db.GetService<IMigrator>();
        var migrations = db.Database.GetMigrations().ToList();
        var step = migrations.FindIndex(migration => migration.EndsWith("_NotifierEdges", StringComparison.Ordinal));
        await migrator.MigrateAsync(migrations[step - 1]);
        foreach (var table in new[] { "machines", "users", "tickets", "webhook_notifications" })
        {
            await database.ExecuteAsync(Rows[table]);
        }

        await database.ExecuteAsync(
            """
            INSERT INTO admin_notices (id, kind, created_at, last_at, count, detail) VALUES
              (1, 'ticket_erased', '2026-11-22 10:00:00', '2026-11-22 10:00:00', 1, 'IGP-FOUR-20261122-017 · Anne Roy'),
              (2, 'trash_emptied', '2026-11-22 11:00:00', '2026-11-22 11:00:00', 4, 'IGP-DOUBLE EDGER-20261122-1204 · Ève D’Amours · 2e'),
              (3, 'ticket_erased', '2026-11-22 12:00:00', '2026-11-22 12:00:00', 1, 'ancien · Bob'),
              (4, 'endpoint_refuses', '2026-11-22 13:00:00', '2026-11-22 13:00:00', 1, 'https://x/-20261122-9 · rejected 404')
            """);

        foreach (var migration in new[] { migrations[step], migrations[step - 1], migrations[step] })
        {
            await migrator.MigrateAsync(migration);
            (await database.QueryAsync("SELECT * FROM webhook_notifications")).Count.ShouldBe(2);
        }

        // The model is that of today.
        await migrator.MigrateAsync();
        var notices = await db.AdminNotices.AsNoTracking().OrderBy(notice => notice.Id).ToListAsync();
        notices.Select(notice => (notice.NumberDay, notice.NumberInDay, notice.EndpointId))
            .ShouldBe([(20261122, 17, null), (20261122, 1204, null), (null, null, null), (null, null, null)]);
        (await db.WebhookNotifications.AsNoTracking().SingleAsync(row => row.Id == 2)).AsideCount.ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task The_last_migration_can_be_undone(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = ForMigrating(database);
        var migrator = db.GetService<IMigrator>();

        await migrator.MigrateAsync(Migration.InitialDatabase);

        (await db.Database.GetAppliedMigrationsAsync()).ShouldBeEmpty();
    }

    /// <summary>As the application does it when it starts.</summary>
    private static AppDb ForMigrating(TestDatabase database)
    {
        var db = database.CreateDbContext();
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            SqliteMigrations.CheckNoForeignKeys(db);
        }

        return db;
    }

    private static async Task<Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>> ReadAsync(TestDatabase database)
    {
        var tables = new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>();
        foreach (var table in Rows.Keys)
        {
            tables[table] = await database.QueryAsync($"SELECT * FROM {table} ORDER BY id");
        }

        return tables;
    }

    /// <summary>Every value that was there is still there; new columns and rows may come.</summary>
    private static void Compare(
        Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> before,
        Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> after,
        string migration)
    {
        foreach (var (table, rows) in before)
        {
            var kept = after[table].ToDictionary(row => Word(row["id"]));
            foreach (var row in rows)
            {
                kept.ShouldContainKey(Word(row["id"]), $"{migration} lost a row of {table}");
                foreach (var (column, value) in row)
                {
                    Word(kept[Word(row["id"])].GetValueOrDefault(column)).ShouldBe(Word(value), $"{migration} changed {table}.{column}");
                }
            }
        }
    }

    private static string Word(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
