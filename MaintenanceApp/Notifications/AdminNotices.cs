using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>Tells administrators, inside the application, what needs a person: once per event, however often it repeats.</summary>
public sealed class AdminNotices(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    private const int Shown = 100;

    /// <summary>Repeats of the same kind and detail within this time are counted in one notice.</summary>
    private static readonly TimeSpan CountedTogether = TimeSpan.FromHours(1);

    /// <summary>Writes the notice in the caller's transaction; call <see cref="Published"/> after the commit.</summary>
    public static void Add(AppDb db, NoticeKind kind, DateTime now, DateTime? since = null, int? waiting = null, string? detail = null, int? endpoint = null) =>
        db.Add(new AdminNotice { Kind = kind, CreatedAt = now, LastAt = now, Since = since, Waiting = waiting, Detail = detail, EndpointId = endpoint });

    public void Published() => live.Publish(new NoticeChanged());

    /// <summary>A new notice, or one more on the last of the same kind and detail.</summary>
    public Task CountAsync(NoticeKind kind, string? detail, CancellationToken cancellationToken) => CountAsync(kind, detail, 1, cancellationToken);

    /// <summary>As often as it happened since the last call.</summary>
    public async Task CountAsync(NoticeKind kind, string? detail, int times, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var recently = now - CountedTogether;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var counted = await db.AdminNotices
            .Where(notice => notice.Kind == kind && notice.Detail == detail && notice.CreatedAt > recently && notice.CreatedAt <= now)
            .ExecuteUpdateAsync(
                notice => notice.SetProperty(x => x.Count, x => x.Count + times).SetProperty(x => x.LastAt, now).SetProperty(x => x.ReadAt, (DateTime?)null),
                cancellationToken);
        if (counted == 0)
        {
            db.Add(new AdminNotice { Kind = kind, CreatedAt = now, LastAt = now, Detail = detail, Count = times });
            await db.SaveChangesAsync(cancellationToken);
        }

        Published();
    }

    /// <summary>Tickets are gone for good. The last of their numbers is kept as values too, so that it is not given again.</summary>
    /// <param name="kind">One or the whole trash.</param>
    /// <param name="detail">For people.</param>
    /// <param name="number">The local day as yyyyMMdd and the number within it; null for a number that has no such parts.</param>
    /// <param name="times">How many.</param>
    /// <param name="cancellationToken">Nothing is written then.</param>
    public async Task ErasedAsync(NoticeKind kind, ErasureDetail detail, (int Day, int InDay)? number, int times, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        db.Add(new AdminNotice
        {
            Kind = kind,
            CreatedAt = now,
            LastAt = now,
            Count = times,
            Detail = detail.ToString(),
            NumberDay = number?.Day,
            NumberInDay = number?.InDay,
        });
        await db.SaveChangesAsync(cancellationToken);
        Published();
    }

    /// <summary>The latest, newest first.</summary>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    public async Task<IReadOnlyList<AdminNotice>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.AdminNotices.AsNoTracking()
            .OrderByDescending(notice => notice.LastAt).ThenByDescending(notice => notice.Id)
            .Take(Shown)
            .ToListAsync(cancellationToken);
    }

    public async Task<int> UnreadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.AdminNotices.CountAsync(notice => notice.ReadAt == null, cancellationToken);
    }

    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    public async Task MarkReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.AdminNotices.Where(notice => notice.ReadAt == null).ExecuteUpdateAsync(
            notice => notice.SetProperty(x => x.ReadAt, now).SetProperty(x => x.ReadBy, actor.UserId), cancellationToken);
        Published();
    }
}
