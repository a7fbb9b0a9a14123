using System.Globalization;
using MaintenanceApp.Hosting;
using MaintenanceApp.Operations;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>When a ticket leaves the trash by itself.</summary>
public sealed class TrashExpiry(IOptions<RetentionOptions> retention, SiteClock site)
{
    /// <summary>How long the trash keeps a ticket, in whole days.</summary>
    public int Days => (int)retention.Value.Trash.TotalDays;

    /// <summary>The night that deletes it, as <c>2026-12-22</c>: the first purge after its time is over, never one that is past.</summary>
    /// <param name="deletedAt">UTC.</param>
    public string DayOf(DateTime deletedAt)
    {
        var over = deletedAt + retention.Value.Trash;
        var local = site.ToLocal(over > site.UtcNow ? over : site.UtcNow);
        var day = DateOnly.FromDateTime(local);
        return (TimeOnly.FromDateTime(local) < PurgeHistory.RunsAt ? day : day.AddDays(1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
