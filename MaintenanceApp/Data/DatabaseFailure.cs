using System.Data.Common;

namespace MaintenanceApp.Data;

/// <summary>Whether the database could not answer, whichever it is and however EF Core has wrapped what it said.</summary>
public static class DatabaseFailure
{
    public static bool Is(Exception? exception) => exception is DbException || (exception?.InnerException is { } inner && Is(inner));
}
