using System.Data.Common;
using System.Net.Sockets;
using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Remembers that the notifier cannot work at the moment: nothing is claimed, so nothing is posted, until it can. Most
/// often it cannot use its database; health says which it is. Instants are UTC.
/// </summary>
public sealed class NotifierTrouble(TimeProvider clock)
{
    private Trouble? now;

    /// <summary>The database cannot be used; null while it can.</summary>
    public Trouble? OfStorage => now is { IsStorage: true } trouble ? trouble : null;

    /// <summary>Something else keeps it from working; null while nothing does.</summary>
    public Trouble? Other => now is { IsStorage: false } trouble ? trouble : null;

    public void Report(Exception exception)
    {
        var isStorage = IsStorage(exception);
        now = new(now is { } before && before.IsStorage == isStorage ? before.Since : clock.GetUtcNow().UtcDateTime, exception.GetBaseException().Message, isStorage);
    }

    public void Over() => now = null;

    /// <summary>The storage is to blame, so that it is worth trying again for as long as it takes.</summary>
    public static bool IsStorage(Exception? exception) => exception switch
    {
        null => false,
        _ when ConstraintViolation.IsOfValues(exception) => false,
        DbException or DbUpdateException or IOException or SocketException or TimeoutException => true,
        _ => IsStorage(exception.InnerException),
    };

    /// <param name="Since">UTC.</param>
    /// <param name="What">The exception's own words.</param>
    /// <param name="IsStorage">The database is to blame.</param>
    public sealed record Trouble(DateTime Since, string What, bool IsStorage);
}
