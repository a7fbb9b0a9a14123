using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Components.Search;

/// <summary>A page or an action that the palette offers; its words are the texts <c>Place{Key}</c> and <c>PlaceAlso{Key}</c>.</summary>
/// <param name="Key">Of its texts.</param>
/// <param name="Icon">A name of the sprite.</param>
/// <param name="Href">The address; null for an action of the browser.</param>
/// <param name="Action">A <c>data-action</c> of wwwroot/js; null for a page.</param>
/// <param name="Permission">Null = for everybody.</param>
/// <param name="Keys">The keys that do the same, as in <c>data-key</c>.</param>
public sealed record Place(string Key, string Icon, string? Href = null, string? Action = null, string? Permission = null, string? Keys = null)
{
    public static IReadOnlyList<Place> Pages { get; } =
    [
        new("Overview", "layout-dashboard", "/", Keys: "g o"),
        new("Tickets", "list-details", "/tickets", Keys: "g t"),
        new("Board", "layout-kanban", "/board", Keys: "g b"),
        new("Calendar", "calendar-week", "/calendar", Keys: "g c"),
        new("Machines", "engine", "/machines", Keys: "g m"),
        new("Notifications", "send", "/notifications", Keys: "g n"),
        new("Notices", "bell", "/notices", Permission: Permissions.ManageNotifications),
        new("Operations", "heartbeat", "/ops", Permission: Permissions.ReadOperations, Keys: "g j"),
        new("Hangfire", "history", "/hangfire", Permission: Permissions.ReadOperations),
        new("Settings", "adjustments-horizontal", "/settings/notifications", Permission: Permissions.ManageNotifications),
        new("SiteSettings", "building-factory-2", "/settings", Permission: Permissions.ManageOperations, Keys: "g s"),
        new("Preferences", "user-circle", "/preferences"),
        new("Trash", "trash", "/trash", Permission: Permissions.TrashTickets),
    ];

    public static IReadOnlyList<Place> Actions { get; } =
    [
        new("NewTicket", "plus", "/tickets/new", Permission: Permissions.CreateTickets, Keys: "c"),
        new("Theme", "contrast", Action: "theme"),
        new("Keys", "keyboard", Action: "keys", Keys: "?"),
        new("Language", "language", Action: "language"),
        new("SignOut", "logout", Action: "sign-out"),
    ];

    /// <summary>Those of the list that this person may open and whose words contain all of <paramref name="words"/>.</summary>
    public static IReadOnlyList<Place> Matching(IReadOnlyList<Place> places, string[] words, Actor actor, IStringLocalizer<ShellTexts> texts) =>
    [
        .. places
            .Where(place => place.Permission is null || actor.Can(place.Permission))
            .Where(place => words.All(word => SearchText.Words($"{texts[$"Place{place.Key}"]} {texts[$"PlaceAlso{place.Key}"]}")
                .Any(known => known.StartsWith(word, StringComparison.Ordinal)))),
    ];
}
