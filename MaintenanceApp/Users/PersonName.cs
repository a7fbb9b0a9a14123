namespace MaintenanceApp.Users;

/// <summary>
/// What to call an id: the words of the payload and the API, in French. Screens translate <see cref="Team"/> themselves.
/// </summary>
public static class PersonName
{
    public const string Team = "Équipe complète";

    /// <param name="userId">Null = nobody.</param>
    /// <param name="accountName">The account's name; null when there is no such account.</param>
    /// <returns>Null for nobody; <c>Technicien #999</c> for an account that does not exist.</returns>
    public static string? Of(int? userId, string? accountName) => userId switch
    {
        null => null,
        User.TeamId => Team,
        _ when userId == Actor.Application.UserId => Actor.Application.FullName,
        _ => accountName ?? $"Technicien #{userId}",
    };
}
