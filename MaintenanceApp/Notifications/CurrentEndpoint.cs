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
/// <param name="Breaker">Whether it has failed too often in a row.</param>
public sealed record EndpointState(string? Url, DateTime? DisabledAt, DateTime? HeldUntil, DateTime? PausedAt, Breaker Breaker)
{
    /// <summary>Who paused; null while not paused, and for pauses of older versions.</summary>
    public string? PausedBy { get; init; }

    public string? PausedReason { get; init; }

    /// <summary>The pause ends by itself then; null: when somebody ends it.</summary>
    public DateTime? PausedUntil { get; init; }

    /// <summary>The scan may write to the outbox.</summary>
    public bool IsOpen => Url is not null && DisabledAt is null && PausedAt is null;

    /// <summary>The dispatcher may post what is due, without probing.</summary>
    public bool CanSendAt(DateTime now) => ModeAt(now) == DispatchMode.Any;

    /// <summary>What the dispatcher may post; null = nothing.</summary>
    public DispatchMode? ModeAt(DateTime now) => this switch
    {
        { Url: null } => null,
        _ when HeldUntil > now => null,
        { IsOpen: false } => DispatchMode.TestOnly,
        { Breaker.IsOpen: false } => DispatchMode.Any,
        _ => Breaker.ProbeAt > now ? DispatchMode.TestOnly : DispatchMode.Probe,
    };
}

/// <summary>What an attempt changed about the endpoint.</summary>
public enum EndpointChange
{
    None,
    Changed,

    /// <summary>And administrators were told.</summary>
    Noticed,
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

    /// <summary>Has its row, so that attempts can name it.</summary>
    private string? known;

    /// <summary>The lease this process holds, renewed every five seconds instead of before every post.</summary>
    private (string Url, DateTime Since)? leads;

    public async Task<EndpointState> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, cancellationToken);
    }

    /// <summary>In the caller's transaction.</summary>
    public async Task<EndpointState> ReadAsync(AppDb db, CancellationToken cancellationToken)
    {
        var state = await db.NotifierStates.AsNoTracking().SingleAsync(cancellationToken);
        var url = Blank.ToNull(options.CurrentValue.Url) ?? Blank.ToNull(state.WebhookUrl);
        var endpoint = await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(row => row.Url == url, cancellationToken);
        var isPaused = state.PausedAt is not null && !(state.PausedUntil <= clock.GetUtcNow().UtcDateTime);
        return new(url, endpoint?.DisabledAt, endpoint?.HeldUntil, isPaused ? state.PausedAt : null, Breaker.Of(endpoint))
        {
            PausedBy = isPaused ? state.PausedByName : null,
            PausedReason = isPaused ? state.PausedReason : null,
            PausedUntil = isPaused ? state.PausedUntil : null,
        };
    }

    /// <summary>
    /// What an attempt says about the endpoint itself, in the transaction that records it: 410 Gone disables it, a time
    /// named by the receiver holds it (a later time wins), transient failures open the breaker. Administrators are told
    /// once when an outage begins and once when it ends.
    /// </summary>
    /// <returns>What to publish after the commit.</returns>
    public async Task<EndpointChange> ApplyAsync(AppDb db, Claim claim, AttemptResult result, DateTime now, CancellationToken cancellationToken)
    {
        var endpoint = await FindOrAddAsync(db, claim.Notification.WebhookUrl, cancellationToken);
        var isNew = await db.SaveChangesAsync(cancellationToken) > 0;
        var before = Breaker.Of(endpoint);
        var after = before.After(result, claim.Attempt.IsProbe, now);
        after.CopyTo(endpoint);
        if (result.RetryAfter is { } hold && result.Outcome is AttemptOutcome.RateLimited or AttemptOutcome.ServerError && !(endpoint.HeldUntil > now + hold))
        {
            endpoint.HeldUntil = now + hold;
        }

        var isNoticed = await EndpointNotices.AddAsync(db, endpoint, (before, after), result, now, cancellationToken);
        if (result.Outcome == AttemptOutcome.Gone)
        {
            endpoint.DisabledAt ??= now;
        }

        return await db.SaveChangesAsync(cancellationToken) == 0 && !isNew ? EndpointChange.None : isNoticed ? EndpointChange.Noticed : EndpointChange.Changed;
    }

    /// <summary>An admin mended the receiver: send again at once.</summary>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    public async Task EnableAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if ((await ReadAsync(db, cancellationToken)).Url is not { } url)
        {
            return;
        }

        var endpoint = await FindOrAddAsync(db, url, cancellationToken);
        (endpoint.DisabledAt, endpoint.HeldUntil) = (null, null);
        Breaker.Closed.CopyTo(endpoint);
        await db.SaveChangesAsync(cancellationToken);
        live.Publish(new EndpointChanged());
    }

    /// <summary>Nothing is written and nothing is sent while paused; what waits goes out afterwards.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="reason">In the person's own words.</param>
    /// <param name="until">UTC; null: until somebody resumes.</param>
    /// <param name="cancellationToken">Nothing is paused then.</param>
    /// <exception cref="ForbiddenException">The actor may not manage operations.</exception>
    public Task PauseAsync(Actor actor, string? reason, DateTime? until, CancellationToken cancellationToken) =>
        SetPauseAsync(actor, AuditAct.SendingPaused, reason, (state, now) =>
            (state.PausedAt, state.PausedBy, state.PausedByName, state.PausedReason, state.PausedUntil) = (state.PausedAt ?? now, actor.UserId, actor.FullName, reason, until), cancellationToken);

    /// <exception cref="ForbiddenException">The actor may not manage operations.</exception>
    public Task ResumeAsync(Actor actor, CancellationToken cancellationToken) =>
        SetPauseAsync(actor, AuditAct.SendingResumed, null, (state, _) =>
            (state.PausedAt, state.PausedBy, state.PausedByName, state.PausedReason, state.PausedUntil) = (null, null, null, null, null), cancellationToken);

    /// <summary>
    /// One dispatcher at a time, so that two processes on one PostgreSQL database still keep the pace. On SQLite the
    /// process lock already says so, and a restart need not wait for the lease of the process that died.
    /// </summary>
    /// <param name="url">The endpoint to be led.</param>
    /// <param name="dispatcher">Who asks.</param>
    /// <param name="cancellationToken">Stops the statements.</param>
    public async Task<bool> TryLeadAsync(string url, string dispatcher, CancellationToken cancellationToken)
    {
        if (connection.Provider == DatabaseProvider.Sqlite)
        {
            if (known != url)
            {
                await using var file = await database.CreateDbContextAsync(cancellationToken);
                await FindOrAddAsync(file, url, cancellationToken);
                await file.SaveChangesAsync(cancellationToken);
                known = url;
            }

            return true;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (leads is { } held && held.Url == url && now >= held.Since && now < held.Since + (LeaseTime / 3))
        {
            return true;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await FindOrAddAsync(db, url, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var until = now + LeaseTime;
        var won = await db.WebhookEndpoints
            .Where(row => row.Url == url && (row.DispatcherId == null || row.DispatcherId == dispatcher || row.DispatcherUntil < now))
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.DispatcherId, dispatcher).SetProperty(x => x.DispatcherUntil, until), cancellationToken) == 1;
        leads = won ? (url, now) : null;
        return won;
    }

    /// <summary>
    /// The drain is over: another process may lead once the pace allows, without waiting for the lease to run out. Never
    /// throws: a lease that cannot be given back runs out.
    /// </summary>
    /// <param name="dispatcher">Who led.</param>
    /// <param name="after">The pace: the first post of the next leader keeps its distance from our last.</param>
    public async Task StopLeadingAsync(string dispatcher, TimeSpan after)
    {
        if (leads is null)
        {
            return;
        }

        leads = null;
        try
        {
            var until = clock.GetUtcNow().UtcDateTime + after;
            await using var db = await database.CreateDbContextAsync();
            await db.WebhookEndpoints.Where(row => row.DispatcherId == dispatcher && row.DispatcherUntil > until)
                .ExecuteUpdateAsync(row => row.SetProperty(x => x.DispatcherUntil, until));
        }
        catch (Exception exception) when (NotifierTrouble.IsStorage(exception))
        {
            // It ends by itself.
        }
    }

    private async Task SetPauseAsync(Actor actor, AuditAct act, string? reason, Action<NotifierState, DateTime> change, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOperations);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        change(await db.NotifierStates.SingleAsync(cancellationToken), now);
        AuditLog.Add(db, actor, act, null, reason, now);
        await db.SaveChangesAsync(cancellationToken);
        live.Publish(new EndpointChanged());
        live.Publish(new AuditChanged());
    }

    private async Task<WebhookEndpoint> FindOrAddAsync(AppDb db, string url, CancellationToken cancellationToken)
    {
        var endpoint = await db.WebhookEndpoints.SingleOrDefaultAsync(row => row.Url == url, cancellationToken);
        if (endpoint is null)
        {
            endpoint = new WebhookEndpoint { Url = url, CreatedAt = clock.GetUtcNow().UtcDateTime };
            db.Add(endpoint);
        }

        return endpoint;
    }
}
