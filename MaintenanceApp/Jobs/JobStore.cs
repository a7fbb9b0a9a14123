using System.Diagnostics.CodeAnalysis;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.Storage.SQLite;
using MaintenanceApp.Data;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Jobs;

/// <summary>Why Hangfire's jobs are not where they should be.</summary>
public enum JobStoreFault
{
    None,

    /// <summary>The file could not be read; it was put aside and a new one began.</summary>
    Replaced,

    /// <summary>The file cannot be used now; the jobs are kept in memory until the next start.</summary>
    InMemory,
}

/// <summary>
/// Where Hangfire keeps its jobs: on SQLite a file of its own beside the database, so that a locked or damaged job file
/// touches no ticket; on PostgreSQL a schema of its own. Losing it loses nothing that must be sent: that is in the outbox.
/// </summary>
public sealed partial class JobStore(DatabaseConnection connection, ILogger<JobStore> logger) : IDisposable
{
    /// <summary>How long Hangfire itself remembers a finished job; our history is <see cref="JobRun"/>.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>From the end of a process to the moment another one may run what it was running.</summary>
    private static readonly TimeSpan Invisible = TimeSpan.FromSeconds(20);

    /// <summary>SQLITE_BUSY.</summary>
    private const int Busy = 5;

    private readonly Lock gate = new();
    private JobStorage? current;
    private bool wasBroken;

    /// <summary>The SQLite file of the jobs; null on PostgreSQL.</summary>
    public string? File { get; } = connection.File is { } database ? Path.ChangeExtension(database, ".jobs.db") : null;

    /// <summary>What was wrong when the storage was opened last.</summary>
    public JobStoreFault Fault { get; private set; }

    /// <summary>Opened on first use.</summary>
    public JobStorage Current
    {
        get
        {
            lock (gate)
            {
                return current ??= Open();
            }
        }
    }

    /// <summary>The file is gone, was cut or holds rubbish: what runs on it can never recover by itself.</summary>
    public bool IsBroken
    {
        get
        {
            lock (gate)
            {
                return current is SQLiteStorage && (!System.IO.File.Exists(File) || (!IsLocked(File) && IsDamaged(File)));
            }
        }
    }

    /// <summary>Closes what is open; the next use opens anew.</summary>
    /// <param name="broken">Because <see cref="IsBroken"/>: whatever is opened next is a replacement.</param>
    public void Close(bool broken = false)
    {
        lock (gate)
        {
            (current as IDisposable)?.Dispose();
            (current, wasBroken) = (null, broken);
        }
    }

    public void Dispose() => Close();

    private JobStorage Open()
    {
        Fault = wasBroken ? JobStoreFault.Replaced : JobStoreFault.None;
        var storage = File is { } file ? OpenFile(file) : new PostgreSqlStorage(new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(connection.ConnectionString, OnPostgreSql), OnPostgreSql);
        storage.JobExpirationTimeout = Kept;
        return storage;
    }

    /// <summary>A killed node's job, lock and server are free again after 20 seconds instead of half an hour.</summary>
    private static PostgreSqlStorageOptions OnPostgreSql => new()
    {
        SchemaName = "hangfire",
        QueuePollInterval = TimeSpan.FromSeconds(1),
        InvisibilityTimeout = Invisible,
        UseSlidingInvisibilityTimeout = true,
        DistributedLockTimeout = Invisible,
        EnableLongPolling = true,
    };

    private static SQLiteStorageOptions OnSqlite => new()
    {
        QueuePollInterval = TimeSpan.FromMilliseconds(250),

        // Longer than any job of ours: this storage does not slide, and a job fetched a second time would run twice at once.
        InvisibilityTimeout = TimeSpan.FromMinutes(30),
        DistributedLockLifetime = Invisible,
        JobExpirationCheckInterval = TimeSpan.FromMinutes(30),
    };

    [SuppressMessage("Reliability", "CA2000", Justification = "Closed by Close().")]
    private JobStorage OpenFile(string file)
    {
        try
        {
            if (System.IO.File.Exists(file) && IsDamaged(file))
            {
                SetAside(file);
                Fault = JobStoreFault.Replaced;
            }

            var storage = new SQLiteStorage(file, OnSqlite);
            PutBack(file);
            return storage;
        }
#pragma warning disable CA1031 // Whatever is wrong with it: without a job file the alarm still rings.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogInMemory(logger, file, exception);
            Fault = JobStoreFault.InMemory;
            return new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = Kept });
        }
    }

    private static SqliteConnection Connect(string file)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 2 }.ToString());
        opened.Open();
        return opened;
    }

    /// <summary>SQLITE_CORRUPT, SQLITE_NOTADB (https://www.sqlite.org/rescode.html), or a check that finds something.</summary>
    /// <exception cref="SqliteException">Another program has locked it.</exception>
    private static bool IsDamaged(string file)
    {
        try
        {
            return Ask(file, "PRAGMA quick_check(1)") as string != "ok";
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is not Busy)
        {
            return exception.SqliteErrorCode is 11 or 26;
        }
    }

    /// <summary>Nothing can be said of it then, and it may be all right again in a moment.</summary>
    private static bool IsLocked(string file)
    {
        try
        {
            Ask(file, "SELECT COUNT(*) FROM sqlite_master");
            return false;
        }
        catch (SqliteException exception)
        {
            return exception.SqliteErrorCode is Busy;
        }
    }

    private static object? Ask(string file, string question)
    {
        using var opened = Connect(file);
        using var command = opened.CreateCommand();
        command.CommandText = question;
        return command.ExecuteScalar();
    }

    /// <summary>One is kept, for whoever wants to know what happened to it.</summary>
    private void SetAside(string file)
    {
        LogReplaced(logger, file);
        System.IO.File.Move(file, file + ".unreadable", overwrite: true);
        System.IO.File.Delete(file + "-wal");
        System.IO.File.Delete(file + "-shm");
    }

    /// <summary>
    /// This process is alone on the file (<see cref="SqliteProcessLock"/>): whoever fetched a job, held a lock or is listed as
    /// a server is dead. Its jobs run again now, not in half an hour, and its locks hold nobody up.
    /// </summary>
    private static void PutBack(string file)
    {
        using var opened = Connect(file);
        using var command = opened.CreateCommand();
        command.CommandText = "UPDATE JobQueue SET FetchedAt = 0; DELETE FROM DistributedLock; DELETE FROM Server;";
        command.ExecuteNonQuery();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The file of the jobs, {File}, cannot be used; they are kept in memory until the next start. Nothing that must be sent is lost")]
    private static partial void LogInMemory(ILogger logger, string file, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The file of the jobs, {File}, was damaged; it lies beside as .unreadable, and a new one begins. Nothing that must be sent is lost")]
    private static partial void LogReplaced(ILogger logger, string file);
}
