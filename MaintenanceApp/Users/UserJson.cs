using MaintenanceApp.Data;

namespace MaintenanceApp.Users;

/// <summary>An account in the API. Instants are UTC, <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Email">As typed.</param>
/// <param name="FullName">As typed.</param>
/// <param name="Role">One of the 14 roles.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
/// <param name="LastLogin">UTC; null = never.</param>
/// <param name="IsActive">False once deactivated.</param>
public sealed record UserJson(
    int Id, string Email, string FullName, string Role, string CreatedAt, string UpdatedAt, string? LastLogin, bool IsActive)
{
    public static UserJson From(UserRow row) => new(
        row.Id,
        row.Email,
        row.FullName,
        row.Role,
        Text.Of((DateTime?)row.CreatedAt)!,
        Text.Of((DateTime?)row.UpdatedAt)!,
        Text.Of(row.LastLogin),
        row.DeactivatedAt is null);
}

/// <summary>Every account.</summary>
public sealed record UsersAnswer(IReadOnlyList<UserJson> Users);

/// <summary>One account.</summary>
public sealed record UserAnswer(UserJson User);

/// <summary>What was done, in words, and the account as it is now.</summary>
public sealed record UserChangedAnswer(string Message, UserJson User);

/// <summary>A token for the header <c>Authorization: Bearer …</c> and whose it is.</summary>
public sealed record LoginAnswer(string Token, UserJson User);
