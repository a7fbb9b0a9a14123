using System.Data.Common;
using System.Diagnostics;
using System.Reflection;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Operations;

/// <summary>Does it need somebody?</summary>
public enum HealthLevel
{
    Good,
    Attention,
    Problem,
}

/// <param name="Provider">Which database.</param>
/// <param name="Bytes">Its size; null when unknown.</param>
/// <param name="Latency">Of a small read; null when it does not answer.</param>
/// <param name="PendingMigrations">Migrations this version has and the database lacks.</param>
/// <param name="TroubleSince">The notifier cannot use it since this instant (UTC); null while all is well.</param>
/// <param name="TroubleFor">How long that is; never negative.</param>
/// <param name="Trouble">The database's own words.</param>
public sealed record DatabaseHealth(
    DatabaseProvider Provider, long? Bytes, TimeSpan? Latency, int PendingMigrations, DateTime? TroubleSince = null, TimeSpan TroubleFor = default, string? Trouble = null)
{
    /// <summary>Trouble of the storage often passes by itself (a lock, a restart): only after this long is it a problem.</summary>
    internal static readonly TimeSpan ShortTrouble = TimeSpan.FromMinutes(2);

    public HealthLevel Level => PendingMigrations > 0 || TroubleFor > ShortTrouble || (Latency is null && TroubleSince is null) ? HealthLevel.Problem
        : TroubleSince is not null || Latency > TimeSpan.FromSeconds(1) ? HealthLevel.Attention : HealthLevel.Good;
}

/// <param name="LastAt">End of the last finished scan, UTC; null before the first.</param>
/// <param name="Took">How long that scan took.</param>
/// <param name="Silence">Since the last scan, or since this process started where that is later.</param>
/// <param name="Interval">Between two scans.</param>
public sealed record ScanHealth(DateTime? LastAt, TimeSpan? Took, TimeSpan Silence, TimeSpan Interval)
{
    private static readonly TimeSpan DegradedAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UnhealthyAfter = TimeSpan.FromMinutes(15);

    /// <summary>Ten and fifteen minutes, or two and three intervals where those are longer.</summary>
    public HealthLevel Level => Silence > Longer(UnhealthyAfter, 3 * Interval) ? HealthLevel.Problem
        : Silence > Longer(DegradedAfter, 2 * Interval) ? HealthLevel.Attention : HealthLevel.Good;

    public static ScanHealth Of(ScanAge age, NotifierOptions notifier) => new(age.LastAt, age.Took, age.Silence, notifier.ScanInterval);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

/// <param name="State">Of the configured receiver.</param>
/// <param name="Backlog">What waits for it.</param>
/// <param name="IsHeld">It named a time that has not come.</param>
public sealed record EndpointHealth(EndpointState State, DispatchBacklog Backlog, bool IsHeld)
{
    /// <summary>When something leaves next, UTC: not before the receiver's own wait or the breaker's probe, never in the past. Null: nothing waits.</summary>
    public DateTime? NextSendAt(DateTime now) => Backlog.NextAttemptAt is { } attempt
        ? new[] { attempt, State.HeldUntil ?? now, State.Breaker.ProbeAt ?? now, now }.Max()
        : null;

    public HealthLevel Level => State.DisabledAt is not null ? HealthLevel.Problem
        : !State.IsOpen || Backlog.IsSecretUnreadable || IsHeld || State.Breaker.IsOpen || Backlog is { Retrying: > 0, FailingSince: not null } ? HealthLevel.Attention : HealthLevel.Good;
}

/// <param name="Aside">Notifications that cannot be prepared and stepped aside; the others leave.</param>
/// <param name="TroubleSince">The dispatcher has not been able to work since, UTC, for another reason than the database.</param>
/// <param name="TroubleFor">How long that is; never negative.</param>
/// <param name="Trouble">In the exception's own words.</param>
public sealed record SendingHealth(int Aside, DateTime? TroubleSince = null, TimeSpan TroubleFor = default, string? Trouble = null)
{
    public HealthLevel Level => TroubleFor > DatabaseHealth.ShortTrouble ? HealthLevel.Problem : TroubleSince is not null || Aside > 0 ? HealthLevel.Attention : HealthLevel.Good;
}

/// <param name="FreeBytes">Where the database lies; null when unknown.</param>
public sealed record DiskHealth(long? FreeBytes)
{
    private const long Little = 1L << 30;
    private const long TooLittle = 100L << 20;

    public HealthLevel Level => FreeBytes < TooLittle ? HealthLevel.Problem : FreeBytes < Little ? HealthLevel.Attention : HealthLevel.Good;
}

/// <param name="Version">Of the application.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="MemoryBytes">Working set.</param>
public sealed record ProcessHealth(string Version, DateTime StartedAt, long MemoryBytes);

/// <summary>Measures what the operations page and the health routes say.</summary>
public sealed class SystemQueries(
    IDbContextFactory<AppDb> database,
    DatabaseConnection connection,
    CurrentEndpoint endpoint,
    DispatchQueries dispatch,
    ScanSilence silence,
    NotifierTrouble trouble,
    IOptionsMonitor<NotifierOptions> notifier,
    ProcessStart start,
    IHostEnvironment environment,
    TimeProvider clock)
{
    private static readonly string Version = typeof(SystemQueries).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>A probe that asks how things are does not wait for half a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The database has not answered here since; the notifier's own trouble is told by <see cref="NotifierTrouble"/>.</summary>
    private DateTime? silentSince;

    /// <summary>Never throws: a database that does not answer is a finding.</summary>
    public async Task<DatabaseHealth> DatabaseAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await MeasureAsync(cancellationToken);
        silentSince = found.Latency is null ? silentSince ?? now : null;
        var storage = trouble.OfStorage;
        var (since, what) = (storage is { Since: var told } && !(silentSince < told) ? told : silentSince, storage?.What);
        return since is not { } began ? found : found with { TroubleSince = began, TroubleFor = now > began ? now - began : TimeSpan.Zero, Trouble = what };
    }

    /// <summary>Never throws: while the database does not answer, the silence grows.</summary>
    public async Task<ScanHealth> ScanAsync(CancellationToken cancellationToken) =>
        ScanHealth.Of(await silence.ReadAsync(cancellationToken), notifier.CurrentValue);

    public async Task<EndpointHealth> EndpointAsync(CancellationToken cancellationToken)
    {
        var state = await endpoint.ReadAsync(cancellationToken);
        return new(state, await dispatch.QueueAsync(cancellationToken), state.HeldUntil > clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>Late tickets as every screen counts them, and those of them that the rule would notify: rules 1 to 3.</summary>
    public async Task<(int All, int Notifiable)> LateAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return (
            await db.Tickets.Where(TicketRules.IsOpen).CountAsync(TicketRules.IsOverdue(now), cancellationToken),
            await db.Tickets.CountAsync(OverdueRule.IsDue(now), cancellationToken));
    }

    /// <summary>Whether each notification can be prepared, and the dispatcher work at all.</summary>
    public async Task<SendingHealth> SendingAsync(CancellationToken cancellationToken) =>
        SendingOf(await dispatch.AsideAsync(cancellationToken));

    /// <param name="aside">As the backlog counts them.</param>
    public SendingHealth SendingOf(int aside)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return trouble.Other is { } other ? new(aside, other.Since, now > other.Since ? now - other.Since : TimeSpan.Zero, other.What) : new(aside);
    }

    public DiskHealth Disk()
    {
        try
        {
            return new(new DriveInfo(Path.GetDirectoryName(connection.File) ?? environment.ContentRootPath).AvailableFreeSpace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new((long?)null);
        }
    }

    public ProcessHealth Process()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new(Version, start.At, process.WorkingSet64);
    }

    private async Task<DatabaseHealth> MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            db.Database.SetCommandTimeout(Patience);
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            var started = clock.GetTimestamp();
            await db.NotifierStates.AsNoTracking().CountAsync(cancellationToken);
            var latency = clock.GetElapsedTime(started);
            return new(connection.Provider, await BytesAsync(db, cancellationToken), latency, pending);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException)
        {
            return new(connection.Provider, null, null, 0);
        }
    }

    private async Task<long?> BytesAsync(AppDb db, CancellationToken cancellationToken) => connection.File is { } file
        ? File.Exists(file) ? new FileInfo(file).Length : null
        : await db.Database.SqlQueryRaw<long>("SELECT pg_database_size(current_database()) AS \"Value\"").SingleAsync(cancellationToken);
}
