using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>Words of the ticket screens that need a rule.</summary>
public static class TicketWords
{
    /// <summary>The text <paramref name="one"/> for one, and in French for none, else <paramref name="many"/>.</summary>
    public static string Count(this IStringLocalizer<TicketTexts> texts, string one, string many, int count)
    {
        var isOne = count == 1 || (count == 0 && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr");
        return texts[isOne ? one : many, count];
    }

    /// <summary>« Équipe », a name, or null for nobody; it says so of somebody who left.</summary>
    public static string? Assignee(this IStringLocalizer<SharedTexts> shared, int? userId, string? name, bool hasLeft = false) => userId switch
    {
        null => null,
        User.TeamId => shared["Team"],
        _ when hasLeft && name is not null => shared["LeftName", name],
        _ => name ?? shared["FormerAccount"],
    };
}
