using System.CommandLine;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tickets.Files;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Operations;

/// <summary>
/// <c>backup FILE</c>: a consistent copy of the SQLite database, also while the server runs (SQLite online backup), and the
/// files of tickets it names in <c>FILE.files.tar</c>. It neither migrates nor takes the process lock, so that it can be the
/// first step of an upgrade.
/// </summary>
internal sealed class BackupCommand : Command
{
    private const string ArchiveEnd = ".files.tar";

    /// <summary>A copy that was cut short must never look like a backup.</summary>
    private const string Unfinished = ".unfinished";

    public BackupCommand(DatabaseConnection connection, IFileStore store)
        : base("backup", "Copy the SQLite database and the files of tickets, also while the server runs.")
    {
        var target = new Argument<string>("FILE") { Description = $"The file to write; the files of tickets go to FILE{ArchiveEnd}. Neither may exist yet." };
        Add(target);
        SetAction(async (result, cancellationToken) =>
        {
            var outcome = await CopyAsync(connection, store, CommandLine.FullPath(result.GetRequiredValue(target)), cancellationToken);
            await (outcome.Done ? Console.Out : Console.Error).WriteLineAsync(outcome.Message);
            return outcome.Done ? 0 : 1;
        });
    }

    private static async Task<(bool Done, string Message)> CopyAsync(DatabaseConnection connection, IFileStore store, string target, CancellationToken cancellationToken)
    {
        if (connection.File is not { } source)
        {
            return (false, "This database is on PostgreSQL: back it up with pg_dump, and Files:Directory with tar.");
        }

        if (!File.Exists(source))
        {
            return (false, $"There is no database at {source}.");
        }

        var archive = target + ArchiveEnd;
        if (new[] { target, archive }.FirstOrDefault(File.Exists) is { } existing)
        {
            return (false, $"{existing} exists already: nothing was written.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            return (false, $"There is no folder {Path.GetDirectoryName(target)}.");
        }

        try
        {
            File.Delete(target + Unfinished);
            var check = await CopyAndCheckAsync(source, target + Unfinished, cancellationToken);
            if (check != "ok")
            {
                return (false, $"The copy of {source} is damaged: {check}");
            }

            // After the database: whatever the copy names was on the disk before.
            var files = await FileArchive.WriteAsync(target + Unfinished, store, archive + Unfinished, cancellationToken);
            if (files.Count > 0)
            {
                File.Move(archive + Unfinished, archive);
            }

            File.Move(target + Unfinished, target);
            return (true, $"{source} was copied to {target} ({new FileInfo(target).Length} bytes, checked).{Environment.NewLine}{Words(files, archive)}");
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            return (false, $"The backup failed: {failure.Message}");
        }
        finally
        {
            File.Delete(target + Unfinished);
            File.Delete(archive + Unfinished);
        }
    }

    private static string Words(ArchivedFiles files, string archive) =>
        (files.Count > 0 ? $"Files of tickets: {files.Count}, copied to {archive} ({new FileInfo(archive).Length} bytes)." : "Files of tickets: none to copy.")
        + (files.Missing > 0 ? $" Named by the database, but not found: {files.Missing}." : "");

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
