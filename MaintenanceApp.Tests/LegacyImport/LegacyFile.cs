using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.LegacyImport;
using MaintenanceApp.Tests.Architecture;
using MaintenanceApp.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Tests.LegacyImport;

/// <summary>
/// A database of the old system made by a test: its tables without types or constraints, so that any dirt fits in.
/// </summary>
public sealed class LegacyFile
{
    private const string Created = "2025-11-01 08:00:00";

    private static readonly Dictionary<string, string> Columns = new()
    {
        ["users"] = "email, password_hash, full_name, role, created_at, updated_at, last_login",
        ["machines"] = "machine_type, model, serial_number, location, status, created_at, updated_at",
        ["tickets"] = "ticket_id, title, description, machine_id, status, priority, reported_by, assigned_to, created_at, updated_at, completed_at, reporter_name, assignee_name, scheduled_date",
        ["ticket_timeline"] = "ticket_id, user_id, action, old_status, new_status, comment, created_at",
        ["ticket_comments"] = "ticket_id, user_name, user_role, comment, created_at",
        ["webhook_notifications"] = "ticket_id, notification_type, webhook_url, sent_at, response_status, response_body, created_at",
    };

    private LegacyFile(string path) => Path = path;

    /// <summary>The sample that came with the order, beside these tests.</summary>
    public static string Sample => Sources.PathTo("MaintenanceApp.Tests/LegacyImport/legacy-d1-sample.sqlite");

    public string Path { get; }

    public static ImportLegacyDatabase ImportInto(TestDatabase database, TimeProvider clock) =>
        new(database, new DatabaseConnection(database.Provider, database.ConnectionString), clock);

    /// <summary>With one account (1), one machine (1) and one ticket (1) that are clean.</summary>
    public static async Task<LegacyFile> CreateAsync(string encoding = "UTF-8")
    {
        var file = new LegacyFile(TestDatabase.TemporaryPath(".sqlite"));
        await file.ExecuteAsync($"PRAGMA encoding = '{encoding}'");
        foreach (var (table, columns) in Columns)
        {
            await file.ExecuteAsync($"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {columns})");
        }

        await file.User(1);
        await file.Machine(1);
        await file.Ticket(1);
        return file;
    }

    public Task User(object id, params (string Column, object? Value)[] different) => Insert("users", id,
        [("email", $"personne{id}@usine.invalid"), ("password_hash", new string('a', 64)), ("full_name", $"Personne {id}"), ("role", "technician")], different);

    public Task Machine(object id, params (string Column, object? Value)[] different) => Insert("machines", id,
        [("machine_type", "Four"), ("model", $"Modèle {id}"), ("serial_number", $"S-{id}"), ("status", "operational")], different);

    public Task Ticket(object id, params (string Column, object? Value)[] different) => Insert("tickets", id,
        [("ticket_id", $"IGP-{id}"), ("title", $"Ticket {id}"), ("description", "Bruit anormal."), ("machine_id", 1), ("status", "received"), ("priority", "medium"), ("reported_by", 1)], different);

    public Task Timeline(object id, params (string Column, object? Value)[] different) => Insert("ticket_timeline", id,
        [("ticket_id", 1), ("user_id", 1), ("action", "Ticket créé"), ("new_status", "received")], different);

    public Task Comment(object id, params (string Column, object? Value)[] different) => Insert("ticket_comments", id,
        [("ticket_id", 1), ("user_name", "Martin"), ("user_role", "technician"), ("comment", "Pièce commandée.")], different);

    public Task Notification(object id, params (string Column, object? Value)[] different) => Insert("webhook_notifications", id,
        [("ticket_id", 1), ("notification_type", "overdue_scheduled"), ("webhook_url", "https://recepteur.invalid/crochet"), ("sent_at", "2025-11-02 08:00:00"), ("response_status", 200), ("response_body", "OK")], different);

    /// <param name="sql">May use <c>$0</c>, <c>$1</c>…</param>
    /// <param name="values">Bytes become TEXT, so that it can be invalid UTF-8.</param>
    public async Task ExecuteAsync(string sql, params object?[] values)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${index}"), values[index] ?? DBNull.Value);
        }

        await command.ExecuteNonQueryAsync();
    }

    private Task Insert(string table, object id, (string Column, object? Value)[] usual, (string Column, object? Value)[] different)
    {
        var values = usual.Prepend(("created_at", Created)).Prepend(("id", id)).ToDictionary(pair => pair.Item1, pair => (object?)pair.Item2);
        foreach (var (column, value) in different)
        {
            values[column] = value;
        }

        var cells = values.Values.Select((value, index) => (value is byte[]) ? $"CAST(${index} AS TEXT)" : $"${index}");
        return ExecuteAsync($"INSERT INTO {table} ({string.Join(", ", values.Keys)}) VALUES ({string.Join(", ", cells)})", [.. values.Values]);
    }
}
