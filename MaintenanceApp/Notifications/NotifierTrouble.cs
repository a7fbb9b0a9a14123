using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Remembers that the notifier cannot use its database at the moment: nothing is claimed, so nothing is posted, until it
/// can. Instants are UTC.
/// </summary>
public sealed class NotifierTrouble(TimeProvider clock)
{
    private (DateTime Since, string What)? now;

    /// <summary>Null while all is well.</summary>
    public DateTime? Since => now?.Since;

    /// <summary>The database's own words.</summary>
    public string? What => now?.What;

    public void Report(Exception exception) =>
        now = (now?.Since ?? clock.GetUtcNow().UtcDateTime, exception.GetBaseException().Message);

    public void Over() => now = null;

    /// <summary>The storage is to blame, so that it is worth trying again for as long as it takes.</summary>
    public static bool IsStorage(Exception? exception) => exception switch
    {
        null => false,
        DbException or DbUpdateException or IOException or SocketException or TimeoutException => true,
        _ => IsStorage(exception.InnerException),
    };
}
