using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.LegacyImport;

/// <summary>
/// Table <c>users</c>. An account keeps its number unless another one holds it here (usually the first administrator):
/// then it gets a new number and everything that names it follows. An account that exists here under the same e-mail is
/// that person and stays as it is. Both are remembered in a claim, so that the next run knows them again.
/// </summary>
internal sealed class LegacyAccounts(AppDb db, TableReport report, DateTime now)
{
    /// <summary>Claim on an account whose number in the old system was another one.</summary>
    public const string LegacyIdClaim = "legacy_id";

    private const int EmailLength = 230;

    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    private readonly Dictionary<int, Existing> byNumber = [];
    private readonly Dictionary<string, int> byEmail = [];
    private readonly Dictionary<int, int> byClaim = [];

    public static async Task<People> RunAsync(AppDb db, LegacyDatabase source, TableReport report, DateTime now, CancellationToken cancellationToken)
    {
        var import = new LegacyAccounts(db, report, now);
        await import.LoadAsync(cancellationToken);
        var people = new People(import.byNumber.Keys, await source.LastIdAsync("users", cancellationToken));
        var seen = new HashSet<int>();
        var later = new List<(LegacyRow Row, int Id)>();
        await foreach (var row in source.RowsAsync("users", cancellationToken))
        {
            if (row.Id is not { } id || !seen.Add(id))
            {
                report.AddSkipped(row, "its id is missing, not a number from 0 to 2147483647, or that of a row before it");
            }
            else if (id == User.TeamId)
            {
                report.AddUnchanged(row);
            }
            else if (import.Known(row, id) is { } number)
            {
                people.Add(id, number);
            }
            else if (people.IsFree(id))
            {
                people.Add(id, id);
                import.Create(row, id);
            }
            else
            {
                later.Add((row, id));
            }
        }

        // New numbers only now: the old ones are all known.
        foreach (var (row, id) in later)
        {
            var number = people.NextNumber();
            row.Repaired($"number {id} is another account here: {number} instead");
            people.Add(id, number);
            import.Create(row, number);
            import.Remember(id, number);
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return people;
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var user in await db.Users.AsNoTracking().Select(user => new Existing(user.Id, user.Email!, user.CreatedAt)).ToListAsync(cancellationToken))
        {
            byNumber[user.Id] = user;
            byEmail[Normalizer.NormalizeEmail(user.Email)] = user.Id;
        }

        foreach (var claim in await db.UserClaims.AsNoTracking().Where(claim => claim.ClaimType == LegacyIdClaim).ToListAsync(cancellationToken))
        {
            byClaim[int.Parse(claim.ClaimValue!, CultureInfo.InvariantCulture)] = claim.UserId;
        }
    }

    /// <summary>The account that is this person already; null when there is none.</summary>
    private int? Known(LegacyRow row, int id)
    {
        if (byClaim.TryGetValue(id, out var number))
        {
            report.AddUnchanged(row);
            return number;
        }

        var email = Normalizer.NormalizeEmail(Blank.ToNull(TypedText.OneLine(row.Cell("email")?.Text)) ?? "");
        var sameEmail = byEmail.TryGetValue(email, out var holder) && holder != User.TeamId;
        if (byNumber.TryGetValue(id, out var existing) && ((sameEmail && holder == id) || existing.CreatedAt == CreatedAt(row)))
        {
            report.AddUnchanged(row);
            return id;
        }

        if (sameEmail && byNumber.ContainsKey(holder))
        {
            report.AddUnchanged(row, $"account {holder} here has the same e-mail and stays as it is; whatever names {id} now names {holder}");
            Remember(id, holder);
            return holder;
        }

        return null;
    }

    private void Create(LegacyRow row, int number)
    {
        var (email, isOwn) = Email(row, number);
        var createdAt = CreatedAt(row);
        var role = row.OptionalText("role") ?? "";
        var knownRole = Roles.All.FirstOrDefault(known => known.Name.Equals(role, StringComparison.OrdinalIgnoreCase))?.Name ?? Roles.Viewer;
        if (knownRole != role)
        {
            row.Repaired($"role {row.Cell("role")?.Quoted ?? "NULL"} is not known: '{knownRole}' instead");
        }

        var hash = row.OptionalText("password_hash");
        if (!LegacyPasswordHasher.IsLegacyHash(hash))
        {
            row.Repaired("its password hash cannot be read: an administrator must set a password");
            hash = null;
        }

        db.Users.Add(new User
        {
            Id = number,
            Email = email,
            NormalizedEmail = Normalizer.NormalizeEmail(email),
            UserName = email,
            NormalizedUserName = Normalizer.NormalizeName(email),
            FullName = row.RequiredText("full_name", LegacyCell.Shorten(email, 100), 100),
            Role = knownRole,
            PasswordHash = hash,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
            CreatedAt = createdAt,
            UpdatedAt = row.Instant("updated_at") ?? createdAt,
            LastLogin = row.Instant("last_login"),
            DeactivatedAt = isOwn ? null : now,
        });
        report.AddImported(row);
    }

    /// <summary>An e-mail that nobody else has; not the person's own when it had to be made up.</summary>
    private (string Email, bool IsOwn) Email(LegacyRow row, int number)
    {
        var email = row.OptionalText("email", EmailLength);
        if (email is not null && !MailboxAttribute.IsMailbox(email))
        {
            row.Repaired($"e-mail {row.Cell("email")!.Quoted} cannot receive mail");
            email = null;
        }

        var own = email ?? $"sans-courriel-{number}@import.invalid";
        if (byEmail.TryAdd(Normalizer.NormalizeEmail(own), number))
        {
            if (email is null)
            {
                row.Repaired($"it has no e-mail: imported deactivated as '{own}'");
            }

            return (own, email is not null);
        }

        var at = own.LastIndexOf('@') is var index and >= 0 ? index : own.Length;
        var unique = string.Create(CultureInfo.InvariantCulture, $"{own[..at]}+doublon-{number}{own[at..]}");
        row.Repaired($"e-mail '{own}' is that of account {byEmail[Normalizer.NormalizeEmail(own)]} (upper and lower case are one): imported deactivated as '{unique}'");
        byEmail[Normalizer.NormalizeEmail(unique)] = number;
        return (unique, false);
    }

    private void Remember(int legacyId, int number) => db.UserClaims.Add(new IdentityUserClaim<int>
    {
        UserId = number,
        ClaimType = LegacyIdClaim,
        ClaimValue = legacyId.ToString(CultureInfo.InvariantCulture),
    });

    private static DateTime CreatedAt(LegacyRow row) => row.RequiredInstant("created_at", "updated_at", "last_login");

    private sealed record Existing(int Id, string Email, DateTime CreatedAt);
}
