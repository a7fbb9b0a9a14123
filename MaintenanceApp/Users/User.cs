using Microsoft.AspNetCore.Identity;

namespace MaintenanceApp.Users;

/// <summary>
/// An account. Id 0 is the whole team: it can be assigned tickets and can never sign in. Instants are UTC.
/// </summary>
public sealed class User : IdentityUser<int>
{
    public const int TeamId = 0;
    public const int NameMaxLength = 100;
    public const int EmailMaxLength = 254;
    public const int PasswordMinLength = 8;
    public const int PasswordMaxLength = 200;

    public required string FullName { get; set; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public required string Role { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    public DateTime? LastLogin { get; set; }

    /// <summary>Deactivated accounts keep their history and cannot sign in.</summary>
    public DateTime? DeactivatedAt { get; set; }

    public bool IsTeam => Id == TeamId;
}
