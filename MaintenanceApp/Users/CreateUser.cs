using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Users;

public sealed class CreateUserRequest
{
    [Required(ErrorMessage = "E-mail requis")]
    [Mailbox]
    [StringLength(User.EmailMaxLength, ErrorMessage = "L’e-mail doit avoir au plus {1} caractères")]
    public string? Email { get; set => field = TypedText.OneLine(value); }

    [Required(ErrorMessage = "Mot de passe requis")]
    [StringLength(User.PasswordMaxLength, MinimumLength = User.PasswordMinLength, ErrorMessage = "Le mot de passe doit avoir de {2} à {1} caractères")]
    public string? Password { get; set; }

    [Required(ErrorMessage = "Nom requis")]
    [StringLength(User.NameMaxLength, ErrorMessage = "Le nom doit avoir au plus {1} caractères")]
    public string? FullName { get; set => field = TypedText.OneLine(value); }

    [Required(ErrorMessage = "Rôle requis")]
    [KnownRole]
    public string? Role { get; set; }
}

/// <summary>One of <see cref="Roles"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KnownRoleAttribute() : ValidationAttribute("Rôle inconnu")
{
    public override bool IsValid(object? value) => value is null || Roles.Exists(value as string);
}

/// <summary>Opens an account. There is no open registration: only an administrator does.</summary>
public sealed class CreateUser(
    IDbContextFactory<AppDb> database, IPasswordHasher<User> passwords, ILookupNormalizer names, LiveUpdates live, TimeProvider clock)
{
    /// <summary>The new account's id.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException"><c>user.email_taken</c>, in any case; a deactivated account keeps its e-mail.</exception>
    public async Task<int> ExecuteAsync(Actor actor, CreateUserRequest request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageUsers);
        var now = clock.GetUtcNow().UtcDateTime;
        var user = new User { FullName = request.FullName!, Role = request.Role!, CreatedAt = now, UpdatedAt = now, LockoutEnabled = true };
        user.SetEmail(request.Email!, names);
        user.SetPassword(request.Password!, passwords);

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        db.Add(user);
        await UserSaving.SaveAsync(db, cancellationToken);
        live.Publish(new UserChanged(user.Id));
        return user.Id;
    }
}

/// <summary>Puts what the database refuses about an account into the product's words.</summary>
internal static class UserSaving
{
    /// <exception cref="RuleException"><c>user.email_taken</c>.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public static async Task SaveAsync(AppDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new StaleRecordException();
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsUnique(exception))
        {
            throw new RuleException("user.email_taken", "Cet e-mail est déjà utilisé par un autre compte (actif ou désactivé)");
        }
        catch (Exception exception) when (ConstraintViolation.IsSerialization(exception))
        {
            throw new StaleRecordException();
        }
    }

    public static void SetEmail(this User user, string email, ILookupNormalizer names)
    {
        user.Email = email;
        user.UserName = email;
        user.NormalizedEmail = names.NormalizeEmail(email);
        user.NormalizedUserName = names.NormalizeName(email);
    }

    /// <summary>Every cookie and token of the account dies with it.</summary>
    public static void SetPassword(this User user, string password, IPasswordHasher<User> passwords)
    {
        user.PasswordHash = passwords.HashPassword(user, password);
        user.EndSessions();
    }

    /// <summary>Every cookie and token of the account dies: they carry the old stamp.</summary>
    public static void EndSessions(this User user) => user.SecurityStamp = Guid.NewGuid().ToString("N");
}
