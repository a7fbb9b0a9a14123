namespace MaintenanceApp.Data;

/// <summary>
/// One process at a time on a SQLite file: the scheduler's recovery and the dispatcher's pace both rely on it. The
/// operating system releases the lock when the process ends, however it ends.
/// </summary>
public sealed class SqliteProcessLock(DatabaseConnection connection) : IDisposable
{
    /// <summary>What .NET puts into <see cref="Exception.HResult"/> when somebody else holds a file: EAGAIN on Linux and macOS, ERROR_SHARING_VIOLATION.</summary>
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private FileStream? held;

    /// <summary>Does nothing on PostgreSQL.</summary>
    /// <exception cref="DatabaseInUseException">Another process holds the file.</exception>
    /// <exception cref="DatabaseNotWritableException">The folder cannot be written.</exception>
    public void Acquire()
    {
        if (connection.File is not { } file || held is not null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            held = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause) when (HeldByAnother.Contains(cause.HResult))
        {
            throw new DatabaseInUseException(file, cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseNotWritableException(file, cause);
        }
    }

    public void Dispose() => held?.Dispose();
}

/// <summary>Another process already works on the SQLite file. The process must stop with this message.</summary>
public sealed class DatabaseInUseException(string file, Exception cause) : Exception(
    $"The database {file} is already in use by another MaintenanceApp process. Stop it first, or use PostgreSQL to run several processes (Database:Provider).",
    cause);

/// <summary>The SQLite file or its folder is read-only, or the disk is full. The process must stop with this message.</summary>
public sealed class DatabaseNotWritableException(string file, Exception cause) : Exception(
    $"The database {file} cannot be written: {cause.GetBaseException().Message.TrimEnd('.')}. The account of this process needs to write the file and its folder, on a file system that is neither read-only nor full (ConnectionStrings:Maintenance).",
    cause);
