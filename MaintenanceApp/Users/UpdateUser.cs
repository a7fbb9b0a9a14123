using System.ComponentModel.DataAnnotations;
using System.Data;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Users;

/// <summary>What to change; null = leave as it is.</summary>
public sealed class UpdateUserRequest
{
    [Mailbox]
    [StringLength(User.EmailMaxLength, ErrorMessage = "L’e-mail doit avoir au plus {1} caractères")]
    public string? Email { get; set => field = Blank.ToNull(TypedText.OneLine(value)); }

    /// <summary>Blank = unchanged.</summary>
    [StringLength(User.PasswordMaxLength, MinimumLength = User.PasswordMinLength, ErrorMessage = "Le mot de passe doit avoir de {2} à {1} caractères")]
    public string? Password { get; set => field = string.IsNullOrEmpty(value) ? null : value; }

    [StringLength(User.NameMaxLength, ErrorMessage = "Le nom doit avoir au plus {1} caractères")]
    public string? FullName { get; set => field = Blank.ToNull(TypedText.OneLine(value)); }

    [KnownRole]
    public string? Role { get; set => field = Blank.ToNull(value); }

    /// <summary>False deactivates, true brings back.</summary>
    public bool? IsActive { get; set; }
}

/// <summary>
/// Changes an account. Cookies and tokens of the person die at once when the role or the password changes or the
/// account is deactivated.
/// </summary>
public sealed class UpdateUser(
    IDbContextFactory<AppDb> database, IPasswordHasher<User> passwords, ILookupNormalizer names, LiveUpdates live, TimeProvider clock)
{
    /// <summary>False when there is no such account.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException">
    /// <c>user.email_taken</c>; <c>user.self</c>: one cannot take one's own access away; <c>user.last_admin</c>; <c>user.team</c>.
    /// </exception>
    /// <exception cref="StaleRecordException">Somebody changed the accounts at the same moment.</exception>
    public async Task<bool> ExecuteAsync(Actor actor, int userId, UpdateUserRequest request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageUsers);
        await using var db = await database.CreateDbContextAsync(cancellationToken);

        // Serializable: two administrators who demote each other at the same moment must not both succeed.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == userId, cancellationToken) is not { } user)
        {
            return false;
        }

        await CheckAsync(db, actor, user, request, cancellationToken);
        Apply(user, request);
        try
        {
            await UserSaving.SaveAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (ConstraintViolation.IsSerialization(exception))
        {
            throw new StaleRecordException();
        }

        live.Publish(new UserChanged(userId));
        return true;
    }

    private static async Task CheckAsync(AppDb db, Actor actor, User user, UpdateUserRequest request, CancellationToken cancellationToken)
    {
        if (user.IsTeam)
        {
            throw new RuleException("user.team", "Le compte de l’équipe ne peut pas être modifié");
        }

        var isAdmin = user is { Role: Roles.Admin, DeactivatedAt: null };
        var staysAdmin = (request.Role ?? user.Role) == Roles.Admin && (request.IsActive ?? user.DeactivatedAt is null);
        if (user.Id == actor.UserId && (request.IsActive == false || (isAdmin && !staysAdmin)))
        {
            throw new RuleException("user.self", "Vous ne pouvez pas retirer votre propre accès");
        }

        if (isAdmin && !staysAdmin && !await db.Users.AnyAsync(
            other => other.Id != user.Id && other.Role == Roles.Admin && other.DeactivatedAt == null, cancellationToken))
        {
            throw new RuleException("user.last_admin", "C’est le dernier administrateur actif : nommez-en un autre d’abord");
        }
    }

    private void Apply(User user, UpdateUserRequest request)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (request.Email is { } email)
        {
            user.SetEmail(email, names);
        }

        if (request.Password is { } password)
        {
            user.SetPassword(password, passwords);
        }

        if (request.Role is { } role && role != user.Role)
        {
            user.Role = role;
            user.EndSessions();
        }

        if (request.IsActive is { } isActive && isActive != user.DeactivatedAt is null)
        {
            user.DeactivatedAt = isActive ? null : now;
            user.EndSessions();
        }

        user.FullName = request.FullName ?? user.FullName;
        user.UpdatedAt = now;
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
    }
}
