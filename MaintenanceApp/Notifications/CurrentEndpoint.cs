using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>The configured receiver and whether anything may be sent to it. Instants are UTC.</summary>
/// <param name="Url">Null: none configured.</param>
/// <param name="DisabledAt">It answered 410; an admin enables it again, or the URL changes.</param>
/// <param name="HeldUntil">It named a time with <c>Retry-After</c>.</param>
/// <param name="PausedAt">An admin paused notifications.</param>
public sealed record EndpointState(string? Url, DateTime? DisabledAt, DateTime? HeldUntil, DateTime? PausedAt)
{
    /// <summary>The scan may write to the outbox.</summary>
    public bool IsOpen => Url is not null && DisabledAt is null && PausedAt is null;

    /// <summary>The dispatcher may post.</summary>
    public bool CanSendAt(DateTime now) => IsOpen && !(HeldUntil > now);
}

/// <summary>Reads and changes the state of the configured receiver. One row per URL, so a new URL starts clean.</summary>
public sealed class CurrentEndpoint(
    IDbContextFactory<AppDb> database,
    IOptionsMonitor<WebhookOptions> options,
    DatabaseConnection connection,
    LiveUpdates live,
    TimeProvider clock)
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);

    /// <summary>The lease this process holds, renewed every five seconds instead of before every post.</summary>
    private (string Url, DateTime Since)? leads;

    public string? Url => Blank.ToNull(options.CurrentValue.Url);

    public async Task<EndpointState> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, cancellationToken);
    }

    /// <summary>In the caller's transaction.</summary>
    public async Task<EndpointState> ReadAsync(AppDb db, CancellationToken cancellationToken)
    {
        var url = Url;
        var endpoints = db.WebhookEndpoints.Where(row => row.Url == url);
        return await db.NotifierStates
            .Select(state => new EndpointState(
                url,
                endpoints.Select(row => row.DisabledAt).FirstOrDefault(),
                endpoints.Select(row => row.HeldUntil).FirstOrDefault(),
                state.PausedAt))
            .SingleAsync(cancellationToken);
    }

    /// <summary>
    /// What an attempt says about the endpoint itself, in the transaction that records it: 410 Gone disables it, a time
    /// named by the receiver holds it (a later time wins).
    /// </summary>
    /// <returns>True when something changed; publish <see cref="EndpointChanged"/> after the commit.</returns>
    public async Task<bool> ApplyAsync(AppDb db, AttemptResult result, DateTime now, CancellationToken cancellationToken)
    {
        if (result.Outcome == AttemptOutcome.Gone)
        {
            return await ChangeAsync(db, endpoint => endpoint.DisabledAt ??= now, cancellationToken);
        }

        return result is { RetryAfter: { } hold, Outcome: AttemptOutcome.RateLimited or AttemptOutcome.ServerError }
            && await ChangeAsync(db, endpoint => endpoint.HeldUntil = endpoint.HeldUntil > now + hold ? endpoint.HeldUntil : now + hold, cancellationToken);
    }

    /// <summary>An admin mended the receiver: send again at once.</summary>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    public async Task EnableAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await ChangeAsync(db, endpoint => (endpoint.DisabledAt, endpoint.HeldUntil) = (null, null), cancellationToken))
        {
            live.Publish(new EndpointChanged());
        }
    }

    /// <summary>Nothing is written and nothing is sent while paused; what waits goes out after <c>paused: false</c>.</summary>
    /// <exception cref="ForbiddenException">The actor may not manage operations.</exception>
    public async Task SetPausedAsync(Actor actor, bool paused, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOperations);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var state = await db.NotifierStates.SingleAsync(cancellationToken);
        state.PausedAt = paused ? state.PausedAt ?? clock.GetUtcNow().UtcDateTime : null;
        state.PausedBy = paused ? actor.UserId : null;
        await db.SaveChangesAsync(cancellationToken);
        live.Publish(new EndpointChanged());
    }

    /// <summary>
    /// One dispatcher at a time, so that two processes on one PostgreSQL database still keep the pace. On SQLite the
    /// process lock already says so, and a restart need not wait for the lease of the process that died.
    /// </summary>
    public async Task<bool> TryLeadAsync(string dispatcher, CancellationToken cancellationToken)
    {
        if (connection.Provider == DatabaseProvider.Sqlite || Url is not { } url)
        {
            return true;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (leads is { } held && held.Url == url && now >= held.Since && now < held.Since + (LeaseTime / 3))
        {
            return true;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await ChangeAsync(db, _ => { }, cancellationToken);
        var until = now + LeaseTime;
        var won = await db.WebhookEndpoints
            .Where(row => row.Url == url && (row.DispatcherId == null || row.DispatcherId == dispatcher || row.DispatcherUntil < now))
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.DispatcherId, dispatcher).SetProperty(x => x.DispatcherUntil, until), cancellationToken) == 1;
        leads = won ? (url, now) : null;
        return won;
    }

    private async Task<bool> ChangeAsync(AppDb db, Action<WebhookEndpoint> change, CancellationToken cancellationToken)
    {
        if (Url is not { } url)
        {
            return false;
        }

        var endpoint = await db.WebhookEndpoints.SingleOrDefaultAsync(row => row.Url == url, cancellationToken);
        if (endpoint is null)
        {
            endpoint = new WebhookEndpoint { Url = url, CreatedAt = clock.GetUtcNow().UtcDateTime };
            db.Add(endpoint);
        }

        change(endpoint);
        return await db.SaveChangesAsync(cancellationToken) > 0;
    }
}
