using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using MaintenanceApp.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Users;

/// <summary>Section <c>Admin</c>: creates the first admin when there is none. Both or neither.</summary>
public sealed class AdminOptions : IValidatableObject
{
    [Mailbox(ErrorMessage = "Admin:Email is not an address that can receive mail.")]
    public string? Email { get; set => field = Data.TypedText.OneLine(value); }

    [MinLength(User.PasswordMinLength, ErrorMessage = "Admin:Password must have at least {1} characters.")]
    public string? Password { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Email) != string.IsNullOrEmpty(Password))
        {
            yield return new ValidationResult("Admin:Email and Admin:Password go together: set both or neither.");
        }
    }
}

/// <summary>The one-time code of <c>/setup</c>, printed in the log of a process that has no admin yet. 80 bits, never stored.</summary>
public sealed class SetupCode
{
    private string? code;

    /// <summary>Null when there is nothing to set up.</summary>
    public string? Current => code;

    public string Issue()
    {
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));
        code = string.Join('-', text.Chunk(5).Select(part => new string(part)));
        return code;
    }

    public void Spend() => code = null;

    /// <summary>Constant-time; false when there is nothing to set up.</summary>
    public bool Matches(string? typed) => code is not null && typed is not null && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(typed.Trim()));
}

/// <summary>Makes sure somebody can sign in: from configuration at start, or from <c>/setup</c> with the code of the log.</summary>
public sealed partial class FirstAdmin(
    IDbContextFactory<AppDb> database,
    UserManager<User> users,
    SetupCode setupCode,
    IOptions<AdminOptions> options,
    TimeProvider clock,
    ILogger<FirstAdmin> logger)
{
    /// <summary>At start-up.</summary>
    /// <exception cref="InvalidOperationException"><c>Admin:Password</c> is refused by the password rules.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await ExistsAsync(cancellationToken))
        {
            return;
        }

        if (options.Value is { Email: { Length: > 0 } email, Password: { Length: > 0 } password })
        {
            var result = await CreateAsync(email, password, "Administrateur");
            if (!result.Succeeded)
            {
                throw new InvalidOperationException("Admin:Password: " + string.Join(" ", result.Errors.Select(error => error.Description)));
            }

            return;
        }

        LogSetupCode(logger, setupCode.Issue());
    }

    /// <summary>From <c>/setup</c>. Null when the code is wrong or already spent.</summary>
    public async Task<IdentityResult?> CreateWithCodeAsync(string? code, string email, string fullName, string password)
    {
        if (!setupCode.Matches(code))
        {
            return null;
        }

        var result = await CreateAsync(email, password, fullName);
        if (result.Succeeded)
        {
            setupCode.Spend();
        }

        return result;
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(user => user.Role == Roles.Admin && user.DeactivatedAt == null, cancellationToken);
    }

    private Task<IdentityResult> CreateAsync(string email, string password, string fullName)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var admin = new User { UserName = email, Email = email, FullName = fullName, Role = Roles.Admin, CreatedAt = now, UpdatedAt = now };
        return users.CreateAsync(admin, password);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No administrator yet. Open /setup and enter this one-time code: {SetupCode}")]
    private static partial void LogSetupCode(ILogger logger, string setupCode);
}
