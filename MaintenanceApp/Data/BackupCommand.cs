using System.CommandLine;
using MaintenanceApp.Hosting;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Data;

/// <summary>
/// <c>backup FILE</c>: a consistent copy of the SQLite database, also while the server runs (SQLite online backup). It
/// neither migrates nor takes the process lock, so that it can be the first step of an upgrade.
/// </summary>
internal sealed class BackupCommand : Command
{
    public BackupCommand(DatabaseConnection connection)
        : base("backup", "Copy the SQLite database to a new file, also while the server runs.")
    {
        var target = new Argument<string>("FILE") { Description = "The file to write. It must not exist yet." };
        Add(target);
        SetAction(async (result, cancellationToken) =>
        {
            var outcome = await CopyAsync(connection, CommandLine.FullPath(result.GetRequiredValue(target)), cancellationToken);
            await (outcome.Done ? Console.Out : Console.Error).WriteLineAsync(outcome.Message);
            return outcome.Done ? 0 : 1;
        });
    }

    private static async Task<(bool Done, string Message)> CopyAsync(DatabaseConnection connection, string target, CancellationToken cancellationToken)
    {
        if (connection.File is not { } source)
        {
            return (false, "This database is on PostgreSQL: back it up with pg_dump.");
        }

        if (!File.Exists(source))
        {
            return (false, $"There is no database at {source}.");
        }

        if (File.Exists(target))
        {
            return (false, $"{target} exists already: nothing was written.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            return (false, $"There is no folder {Path.GetDirectoryName(target)}.");
        }

        // A copy that was cut short must never look like a backup.
        var unfinished = target + ".unfinished";
        try
        {
            File.Delete(unfinished);
            var check = await CopyAndCheckAsync(source, unfinished, cancellationToken);
            if (check != "ok")
            {
                return (false, $"The copy of {source} is damaged: {check}");
            }

            File.Move(unfinished, target);
            return (true, $"{source} was copied to {target} ({new FileInfo(target).Length} bytes, checked).");
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            return (false, $"The backup failed: {failure.Message}");
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<string?> CopyAndCheckAsync(string source, string target, CancellationToken cancellationToken)
    {
        await using var from = new SqliteConnection(Text(source, SqliteOpenMode.ReadWrite));
        await using var to = new SqliteConnection(Text(target, SqliteOpenMode.ReadWriteCreate));
        await from.OpenAsync(cancellationToken);
        await to.OpenAsync(cancellationToken);
        from.BackupDatabase(to);

        // One file that opens anywhere, also from a read-only disk.
        await using var command = to.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE";
        await command.ExecuteNonQueryAsync(cancellationToken);
        command.CommandText = "PRAGMA integrity_check(1)";
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static string Text(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString();
}
