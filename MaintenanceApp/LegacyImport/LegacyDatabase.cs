using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.LegacyImport;

/// <summary>The import cannot start or must not go on; nothing was written. The message is for the operator.</summary>
public sealed class LegacyImportException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// The old system's SQLite file, opened read-only: not a byte of it, nor a file beside it, changes. Every value is read
/// as bytes, because real files hold text that is not valid UTF-8 and columns of the wrong storage class.
/// </summary>
public sealed class LegacyDatabase : IAsyncDisposable
{
    private static readonly string[] Logs = ["-wal", "-journal"];

    private readonly SqliteConnection connection;
    private readonly Encoding encoding;
    private readonly Dictionary<string, List<string>> columns;

    private LegacyDatabase(SqliteConnection connection, Encoding encoding, Dictionary<string, List<string>> columns)
    {
        this.connection = connection;
        this.encoding = encoding;
        this.columns = columns;
    }

    /// <summary>Every table that is not SQLite's or Cloudflare's own.</summary>
    public IReadOnlyCollection<string> Tables => columns.Keys;

    /// <exception cref="LegacyImportException">The file cannot be read or is not a database of the old system.</exception>
    public static async Task<LegacyDatabase> OpenAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new LegacyImportException($"There is no file {file}.");
        }

        var connection = new SqliteConnection(ConnectionString(file));
        try
        {
            await connection.OpenAsync(cancellationToken);
            var columns = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
            foreach (var table in await ListAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' ORDER BY name", cancellationToken))
            {
                columns[table] = await ListAsync(connection, $"SELECT name FROM pragma_table_info({Text(table)})", cancellationToken);
            }

            var encoding = (await ListAsync(connection, "PRAGMA encoding", cancellationToken)).Single() switch
            {
                "UTF-16le" => Encoding.Unicode,
                "UTF-16be" => Encoding.BigEndianUnicode,
                _ => Encoding.UTF8,
            };
            var database = new LegacyDatabase(connection, encoding, columns);
            database.RequireOldSystem(file);
            return database;
        }
        catch (Exception failure)
        {
            await connection.DisposeAsync();
            throw failure is SqliteException ? Unreadable(file, failure) : failure;
        }
    }

    public static LegacyImportException Unreadable(string file, Exception cause) =>
        new($"{file} cannot be read as a SQLite database: {cause.Message}", cause);

    /// <summary>
    /// A database in WAL mode (sqlite.org/fileformat2.html, bytes 18 and 19 of the file) keeps its last changes in a file beside it
    /// until it is closed: copied without that file, it lacks them, or everything.
    /// </summary>
    /// <returns>What to look at; null where nothing is suspicious.</returns>
    /// <exception cref="LegacyImportException">Nothing at all is in it.</exception>
    public async Task<string?> WarningAsync(string file, CancellationToken cancellationToken)
    {
        var header = new byte[20];
        await using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        }

        if (header[18] != 2 || File.Exists(file + "-wal"))
        {
            return null;
        }

        var advice = $"it was written in WAL mode and {Path.GetFileName(file)}-wal is not beside it. Copy that file too, or copy both while the old system is stopped";
        var rows = await CountAsync("users", cancellationToken) + await CountAsync("machines", cancellationToken) + await CountAsync("tickets", cancellationToken);
        return rows == 0
            ? throw new LegacyImportException($"{file} holds no user, machine or ticket: {advice}.")
            : $"{file} may lack its last changes: {advice}. If the old system was stopped before it was copied, all is well.";
    }

    public bool Has(string table) => columns.ContainsKey(table);

    public async Task<int> CountAsync(string table, CancellationToken cancellationToken) =>
        int.Parse((await ListAsync(connection, $"SELECT count(*) FROM {Name(table)}", cancellationToken)).Single(), CultureInfo.InvariantCulture);

    /// <summary>The last id that SQLite gave in the table, deleted rows included; 0 when unknown.</summary>
    public async Task<int> LastIdAsync(string table, CancellationToken cancellationToken) =>
        (await ListAsync(connection, "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'", cancellationToken)).Count > 0
        && (await ListAsync(connection, $"SELECT seq FROM sqlite_sequence WHERE name = {Text(table)}", cancellationToken)) is [var seq, ..]
        && int.TryParse(seq, CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>The rows by ascending id. A column that this version of the old system did not have yet reads as NULL.</summary>
    public async IAsyncEnumerable<LegacyRow> RowsAsync(string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Has(table))
        {
            yield break;
        }

        var names = columns[table];
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", names.Select(name => $"typeof({Name(name)}), CAST({Name(name)} AS BLOB)"))} FROM {Name(table)} ORDER BY {Name("id")}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var cells = new Dictionary<string, LegacyCell>(StringComparer.OrdinalIgnoreCase);
            for (var column = 0; column < names.Count; column++)
            {
                var storage = reader.GetString(column * 2);
                if (storage != "null")
                {
                    cells[names[column]] = LegacyCell.Read(storage, reader.GetFieldValue<byte[]>((column * 2) + 1), encoding);
                }
            }

            yield return new LegacyRow(table, cells);
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static string ConnectionString(string file)
    {
        // Without a log beside it the file is whole: "immutable" reads it even on a read-only disk and creates nothing.
        // With a log, only a normal read-only connection sees the rows that are still in the log.
        var hasLog = Logs.Any(suffix => new FileInfo(file + suffix) is { Exists: true, Length: > 0 });
        var source = hasLog ? file : $"{new Uri(Path.GetFullPath(file)).AbsoluteUri}?immutable=1";
        return new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
    }

    private void RequireOldSystem(string file)
    {
        if (Has("__EFMigrationsHistory"))
        {
            throw new LegacyImportException($"{file} is a database of MaintenanceApp itself, not of the old system: to restore a backup, put the file where ConnectionStrings:Maintenance points.");
        }

        (string Table, string[] Columns)[] needed =
        [
            ("users", ["id", "email", "full_name", "role"]),
            ("machines", ["id", "machine_type", "model"]),
            ("tickets", ["id", "ticket_id", "title", "status"]),
        ];
        foreach (var (table, wanted) in needed)
        {
            if (!columns.TryGetValue(table, out var present))
            {
                throw new LegacyImportException($"{file} is not a database of the old system: it has no table {table}.");
            }

            if (wanted.FirstOrDefault(name => !present.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } missing)
            {
                throw new LegacyImportException($"{file} is not a database of the old system: its table {table} has no column {missing}.");
            }
        }
    }

    private static async Task<List<string>> ListAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
