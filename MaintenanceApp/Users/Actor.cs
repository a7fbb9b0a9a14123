using System.Globalization;
using System.Security.Claims;
using MaintenanceApp.Data;

namespace MaintenanceApp.Users;

/// <summary>Who asks for something: passed to every use case so that none of them reads the HTTP context or the circuit.</summary>
public sealed record Actor(int UserId, string FullName, string Role)
{
    /// <summary>The application itself: the scan, the dispatcher, the importer. Allowed everything.</summary>
    public static Actor Application { get; } = new(-1, "MaintenanceApp", Roles.Admin);

    public bool Can(string permission) => Permissions.Allows(Role, permission);

    /// <exception cref="ForbiddenException">The role lacks the permission.</exception>
    public void Require(string permission)
    {
        if (!Can(permission))
        {
            throw new ForbiddenException(permission);
        }
    }

    /// <exception cref="InvalidOperationException">Nobody is signed in: the route or page lacks its authorization.</exception>
    public static Actor From(ClaimsPrincipal principal)
    {
        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? throw new InvalidOperationException("No signed-in user: this route or page must require authorization.");
        return new Actor(
            int.Parse(id, CultureInfo.InvariantCulture),
            principal.FindFirstValue(UserClaims.FullName) ?? principal.Identity?.Name ?? "",
            principal.FindFirstValue(ClaimTypes.Role) ?? "");
    }
}

/// <summary>Claim types of our own.</summary>
public static class UserClaims
{
    public const string FullName = "full_name";
}
