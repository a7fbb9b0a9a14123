using System.Collections.Concurrent;
using System.Security.Cryptography;
using MaintenanceApp.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Which secrets count. Those of the configuration win; else those of the Settings page (table <c>stored_secrets</c>),
/// encrypted with ASP.NET Core Data Protection, whose keys are files outside the database: a stolen database or backup
/// gives no secret away.
/// <para>
/// When the keys are lost, the values are lost with them. Then nothing goes on without: posts stay in the outbox,
/// because a receiver that verifies would refuse unsigned ones and one that does not would never learn of it, and the
/// cron route stays closed. Administrators get a notice, the pages a strip; a rotation mends it, and what waited leaves.
/// </para>
/// </summary>
public sealed partial class SecretVault(
    IDbContextFactory<AppDb> database,
    IDataProtectionProvider protection,
    IConfiguration configuration,
    AdminNotices notices,
    TimeProvider clock,
    ILogger<SecretVault> logger)
{
    /// <summary>At most: the current one and the one it replaces.</summary>
    public const int MostActive = 2;

    /// <summary>How late another process on the same database sees a rotation.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<SecretPurpose, Loaded> cache = new();
    private readonly ConcurrentDictionary<SecretPurpose, bool> reported = new();
    private int version;

    /// <summary>The key of the configuration that wins over the stored secrets.</summary>
    public static string KeyOf(SecretPurpose purpose) => purpose switch
    {
        SecretPurpose.WebhookSigning => "Webhook:SigningSecrets",
        SecretPurpose.Cron => "Cron:Secrets",
    };

    /// <summary>Empty: the stored ones count.</summary>
    public IReadOnlyList<string> Configured(SecretPurpose purpose) =>
        [.. (configuration.GetSection(KeyOf(purpose)).Get<string[]>() ?? []).Where(secret => !string.IsNullOrWhiteSpace(secret))];

    public async ValueTask<ActiveSecrets> ReadAsync(SecretPurpose purpose, CancellationToken cancellationToken)
    {
        if (!cache.TryGetValue(purpose, out var loaded) || clock.GetElapsedTime(loaded.At) > Fresh)
        {
            loaded = await LoadAsync(purpose, cancellationToken);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var active = loaded.Secrets.Where(secret => secret.ExpiresAt is null || secret.ExpiresAt > now).Take(MostActive).ToList();
        string[] values = [.. active.Select(secret => secret.Value).OfType<string>()];
        return new(values, values.Length == 0 && active.Count > 0);
    }

    /// <summary>Something was written: look again at once.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref version);
        cache.Clear();
    }

    public string Protect(SecretPurpose purpose, string value) => ProtectorOf(purpose).Protect(value);

    /// <summary>Null: it cannot be decrypted any more, or it is no secret of its purpose.</summary>
    public string? Reveal(StoredSecret secret)
    {
        try
        {
            var value = ProtectorOf(secret.Purpose).Unprotect(secret.ProtectedValue);
            return RotateSecret.IsAcceptable(secret.Purpose, value) ? value : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Those that have not ended, the current one first.</summary>
    internal static IQueryable<StoredSecret> Active(AppDb db, SecretPurpose purpose, DateTime now) => db.StoredSecrets
        .Where(secret => secret.Purpose == purpose && (secret.ExpiresAt == null || secret.ExpiresAt > now))
        .OrderByDescending(secret => secret.Id)
        .Take(MostActive);

    private async Task<Loaded> LoadAsync(SecretPurpose purpose, CancellationToken cancellationToken)
    {
        var (startedAt, startedFrom) = (clock.GetTimestamp(), Volatile.Read(ref version));
        var loaded = new Loaded(startedAt, [.. Configured(purpose).Select(value => new Entry(value, null))]);
        if (loaded.Secrets.Count == 0)
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var rows = await Active(db, purpose, clock.GetUtcNow().UtcDateTime).AsNoTracking().ToListAsync(cancellationToken);
            loaded = loaded with { Secrets = [.. rows.Select(row => new Entry(Reveal(row), row.ExpiresAt))] };
        }

        await ReportAsync(purpose, loaded.Secrets.Any(secret => secret.Value is null), cancellationToken);
        if (startedFrom == Volatile.Read(ref version))
        {
            cache[purpose] = loaded;
        }

        return loaded;
    }

    /// <summary>Once when it begins, not every five seconds.</summary>
    private async Task ReportAsync(SecretPurpose purpose, bool isUnreadable, CancellationToken cancellationToken)
    {
        if (!isUnreadable)
        {
            reported.TryRemove(purpose, out _);
        }
        else if (reported.TryAdd(purpose, true))
        {
            LogUnreadable(logger, purpose);
            await notices.CountAsync(NoticeKind.SecretUnreadable, Snake.Of(purpose), cancellationToken);
        }
    }

    private IDataProtector ProtectorOf(SecretPurpose purpose) => protection.CreateProtector("MaintenanceApp.StoredSecrets", Snake.Of(purpose));

    [LoggerMessage(Level = LogLevel.Error, Message = "A stored secret ({Purpose}) cannot be decrypted: the keys of DataProtection:KeysDirectory are not those that encrypted it. Restore them, or change the secret on the Settings page")]
    private static partial void LogUnreadable(ILogger logger, SecretPurpose purpose);

    /// <param name="Value">Null: unreadable.</param>
    /// <param name="ExpiresAt">UTC; null = current, or configured.</param>
    private sealed record Entry(string? Value, DateTime? ExpiresAt)
    {
        public override string ToString() => nameof(Entry);
    }

    /// <param name="At">A timestamp of the clock.</param>
    /// <param name="Secrets">The current one first.</param>
    private sealed record Loaded(long At, IReadOnlyList<Entry> Secrets);
}
