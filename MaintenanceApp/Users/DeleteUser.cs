using MaintenanceApp.Data;

namespace MaintenanceApp.Users;

/// <summary>
/// Deactivates an account: it cannot sign in any more, its history keeps its name, and its e-mail stays reserved so
/// that bringing it back (<see cref="UpdateUser"/>) always works.
/// </summary>
public sealed class DeleteUser(UpdateUser updateUser)
{
    /// <summary>False when there is no such account.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException"><c>user.self</c>, <c>user.last_admin</c>, <c>user.team</c>.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int userId, CancellationToken cancellationToken) =>
        updateUser.ExecuteAsync(actor, userId, new UpdateUserRequest { IsActive = false }, cancellationToken);
}
