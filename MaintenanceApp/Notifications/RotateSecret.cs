using System.Buffers.Text;
using System.Security.Cryptography;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>What the form asks for.</summary>
public sealed class RotateSecretRequest
{
    public required SecretPurpose Purpose { get; init; }

    /// <summary>The current secret as the person saw it, so that two people do not replace each other's; null = there was none.</summary>
    public int? ReplacesId { get; init; }

    /// <summary>Empty: one is generated, which is better.</summary>
    public string? Value { get; set; }

    /// <summary>How long the previous one still counts: one of <see cref="RotateSecret.GracePeriods"/>.</summary>
    public TimeSpan Grace { get; set; } = RotateSecret.DefaultGrace;
}

/// <summary>
/// Makes a new secret the current one. The previous one still counts for its grace period, so that the other side can be
/// changed without a gap; one that was already in its grace period ends at once, because at most two count.
/// </summary>
public sealed partial class RotateSecret(
    IDbContextFactory<AppDb> database,
    SecretVault vault,
    NotificationDispatcher dispatcher,
    LiveUpdates live,
    TimeProvider clock,
    ILogger<RotateSecret> logger)
{
    public const int ValueMaxLength = 200;

    /// <summary>A shorter one is not hinted at: its end would be most of it.</summary>
    private const int LeastToHint = 16;

    private const int HintLength = 4;
    private const int GeneratedBytes = 32;

    public static TimeSpan DefaultGrace { get; } = TimeSpan.FromDays(1);

    public static IReadOnlyList<TimeSpan> GracePeriods { get; } = [TimeSpan.Zero, TimeSpan.FromHours(1), DefaultGrace, TimeSpan.FromDays(7)];

    /// <returns>The secret in clear, for the one person who asked, this once.</returns>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    /// <exception cref="RuleException"><c>secret.configured</c>: the configuration sets it.</exception>
    /// <exception cref="InvalidInputException">The typed value or the grace period is not acceptable.</exception>
    /// <exception cref="StaleRecordException">Somebody else changed it first.</exception>
    public async Task<string> ExecuteAsync(Actor actor, RotateSecretRequest request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        var purpose = request.Purpose;
        if (vault.Configured(purpose).Count > 0)
        {
            throw new RuleException("secret.configured", $"Ce secret est fixé par la configuration ({SecretVault.KeyOf(purpose)})");
        }

        if (!GracePeriods.Contains(request.Grace))
        {
            throw new InvalidInputException(nameof(request.Grace), "Délai de grâce inconnu");
        }

        var value = Blank.ToNull(request.Value) ?? Generate(purpose);
        if (!IsAcceptable(purpose, value))
        {
            throw new InvalidInputException(nameof(request.Value), purpose == SecretPurpose.WebhookSigning
                ? "Le secret de signature est « whsec_ » suivi de 24 à 64 octets en base64"
                : $"Le secret compte de 1 à {ValueMaxLength} caractères, sur une seule ligne");
        }

        await StoreAsync(actor, request, value, cancellationToken);
        LogRotated(logger, purpose, actor.UserId);
        vault.Forget();
        dispatcher.Wake();
        live.Publish(new EndpointChanged());
        return value;
    }

    /// <summary>Signing: Standard Webhooks. Cron: any text that fits in a header.</summary>
    public static bool IsAcceptable(SecretPurpose purpose, string value) => purpose switch
    {
        SecretPurpose.WebhookSigning => WebhookSignature.IsSecret(value),
        SecretPurpose.Cron => value.Length is > 0 and <= ValueMaxLength && !value.Any(char.IsControl),
    };

    private async Task StoreAsync(Actor actor, RotateSecretRequest request, string value, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await SettingsLock.TakeAsync(db, cancellationToken);
        var ofPurpose = await db.StoredSecrets.Where(secret => secret.Purpose == request.Purpose).OrderByDescending(secret => secret.Id).ToListAsync(cancellationToken);
        var current = ofPurpose.FirstOrDefault(secret => secret.ExpiresAt is null);
        if (current?.Id != request.ReplacesId)
        {
            throw new StaleRecordException();
        }

        // Ended ones are of no use to anybody but a thief; neither is one that cannot be read any more.
        db.RemoveRange(ofPurpose.Where(secret => secret != current || request.Grace == TimeSpan.Zero || vault.Reveal(secret) is null));
        if (current is not null && db.Entry(current).State != EntityState.Deleted)
        {
            current.ExpiresAt = now + request.Grace;
        }

        db.Add(new StoredSecret
        {
            Purpose = request.Purpose,
            ProtectedValue = vault.Protect(request.Purpose, value),
            Hint = value.Length < LeastToHint ? "" : value.TrimEnd('=')[^HintLength..],
            CreatedAt = now,
            CreatedBy = actor.UserId,
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static string Generate(SecretPurpose purpose) => purpose switch
    {
        SecretPurpose.WebhookSigning => WebhookSignature.NewSecret(),

        // base64url (RFC 4648 §5): letters that need no quoting in a shell, a URL or a header.
        SecretPurpose.Cron => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(GeneratedBytes)),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "The secret {Purpose} was changed by user {UserId}")]
    private static partial void LogRotated(ILogger logger, SecretPurpose purpose, int userId);
}
