using MaintenanceApp.Machines;

namespace MaintenanceApp.Components.Search;

/// <summary>One line of the palette.</summary>
/// <param name="Id">The element's id, for <c>aria-activedescendant</c>.</param>
/// <param name="Icon">A name of the sprite.</param>
/// <param name="Name">What it is called.</param>
public sealed record PaletteOption(string Id, string Icon, string Name)
{
    /// <summary>Null for an action of the browser.</summary>
    public string? Href { get; init; }

    /// <summary>A <c>data-action</c> of wwwroot/js.</summary>
    public string? Action { get; init; }

    /// <summary>The second line.</summary>
    public string? Note { get; init; }

    /// <summary>The keys that do the same.</summary>
    public string? Keys { get; init; }

    public FoundTicket? Ticket { get; init; }

    /// <summary>For machines.</summary>
    public MachineStatus? Machine { get; init; }
}

/// <summary>Lines of one kind.</summary>
/// <param name="Key">Of its heading <c>PaletteGroup{Key}</c>.</param>
/// <param name="Options">Never empty.</param>
public sealed record PaletteGroup(string Key, IReadOnlyList<PaletteOption> Options);

/// <summary>A page opened before in this tab, as wwwroot/js/palette.js remembers it.</summary>
/// <param name="Href">A path of this site.</param>
/// <param name="Title">Its heading.</param>
public sealed record RecentPage(string Href, string Title);
