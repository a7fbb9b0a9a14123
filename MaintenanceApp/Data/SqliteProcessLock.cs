namespace MaintenanceApp.Data;

/// <summary>
/// One process at a time on a SQLite file: the scheduler's recovery and the dispatcher's pace both rely on it. The
/// operating system releases the lock when the process ends, however it ends.
/// </summary>
public sealed class SqliteProcessLock(DatabaseConnection connection) : IDisposable
{
    private FileStream? held;

    /// <summary>Does nothing on PostgreSQL.</summary>
    /// <exception cref="DatabaseInUseException">Another process holds the file.</exception>
    public void Acquire()
    {
        if (connection.File is not { } file || held is not null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            held = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause)
        {
            throw new DatabaseInUseException(file, cause);
        }
    }

    public void Dispose() => held?.Dispose();
}

/// <summary>Another process already works on the SQLite file. The process must stop with this message.</summary>
public sealed class DatabaseInUseException(string file, Exception cause) : Exception(
    $"The database {file} is already in use by another MaintenanceApp process. Stop it first, or use PostgreSQL to run several processes (Database:Provider).",
    cause);
