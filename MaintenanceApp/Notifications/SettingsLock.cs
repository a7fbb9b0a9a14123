using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// One change of the settings at a time, also across two processes: the only row of <c>notifier_state</c> stays locked
/// until the caller's transaction ends. On SQLite the transaction itself already does that.
/// </summary>
internal static class SettingsLock
{
    public static Task TakeAsync(AppDb db, CancellationToken cancellationToken) =>
        db.NotifierStates.ExecuteUpdateAsync(state => state.SetProperty(x => x.PausedBy, x => x.PausedBy), cancellationToken);
}
