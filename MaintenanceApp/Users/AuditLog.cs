using MaintenanceApp.Data;
using MaintenanceApp.Live;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Users;

/// <param name="Rows">Newest first.</param>
/// <param name="Total">Of all pages.</param>
public sealed record AuditEntries(IReadOnlyList<AuditEntry> Rows, int Total);

/// <summary>Writes and reads who did what.</summary>
public sealed class AuditLog(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    public async Task WriteAsync(Actor actor, AuditAct act, string? subject, string? reason, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        Add(db, actor, act, subject, reason, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        live.Publish(new AuditChanged());
    }

    /// <summary>In the caller's transaction.</summary>
    public static void Add(AppDb db, Actor actor, AuditAct act, string? subject, string? reason, DateTime now) => db.Add(new AuditEntry
    {
        At = now,
        UserId = actor.UserId,
        UserName = actor.FullName,
        Act = act,
        Subject = subject?[..Math.Min(subject.Length, AuditEntry.SubjectMaxLength)],
        Reason = reason,
    });

    /// <param name="page">From 1.</param>
    /// <param name="pageSize">Rows.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<AuditEntries> ReadAsync(int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.AuditLog.AsNoTracking().OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancellationToken);
        return new(rows, await db.AuditLog.CountAsync(cancellationToken));
    }
}
