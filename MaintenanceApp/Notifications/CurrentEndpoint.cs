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
        var endpoint = await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(row => row.Url == url, cancellationToken);
        var pausedAt = await db.NotifierStates.Select(state => state.PausedAt).SingleOrDefaultAsync(cancellationToken);
        return new(url, endpoint?.DisabledAt, endpoint?.HeldUntil, pausedAt);
    }

    /// <summary>The endpoint answered 410 Gone.</summary>
    public Task DisableAsync(DateTime now, CancellationToken cancellationToken) =>
        ChangeAsync(endpoint => endpoint.DisabledAt ??= now, cancellationToken);

    /// <summary>The endpoint named a time; a later time wins.</summary>
    public Task HoldUntilAsync(DateTime until, CancellationToken cancellationToken) =>
        ChangeAsync(endpoint => endpoint.HeldUntil = endpoint.HeldUntil > until ? endpoint.HeldUntil : until, cancellationToken);

    /// <summary>An admin mended the receiver: send again at once.</summary>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    public Task EnableAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        return ChangeAsync(endpoint => (endpoint.DisabledAt, endpoint.HeldUntil) = (null, null), cancellationToken);
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
        var until = now + LeaseTime;
        await ChangeAsync(_ => { }, cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.WebhookEndpoints
            .Where(row => row.Url == url && (row.DispatcherId == null || row.DispatcherId == dispatcher || row.DispatcherUntil < now))
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.DispatcherId, dispatcher).SetProperty(x => x.DispatcherUntil, until), cancellationToken) == 1;
    }

    private async Task ChangeAsync(Action<WebhookEndpoint> change, CancellationToken cancellationToken)
    {
        if (Url is not { } url)
        {
            return;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var endpoint = await db.WebhookEndpoints.SingleOrDefaultAsync(row => row.Url == url, cancellationToken);
        if (endpoint is null)
        {
            endpoint = new WebhookEndpoint { Url = url, CreatedAt = clock.GetUtcNow().UtcDateTime };
            db.Add(endpoint);
        }

        change(endpoint);
        if (await db.SaveChangesAsync(cancellationToken) > 0)
        {
            live.Publish(new EndpointChanged());
        }
    }
}
