using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Browser;

/// <summary>A page of the application.</summary>
/// <param name="Name">For messages and file names.</param>
/// <param name="Path">With the identifiers of the demo factory filled in.</param>
/// <param name="IsOpen">Without sign-in; such pages are plain forms without a circuit.</param>
/// <param name="IsPlain">With sign-in, but without a circuit.</param>
public sealed record SitePage(string Name, string Path, bool IsOpen = false, bool IsPlain = false)
{
    public bool HasCircuit => !IsOpen && !IsPlain;
}

/// <summary>Every page, for the checks that all of them must pass and for the screenshots.</summary>
internal static class SitePages
{
    /// <summary>Those whose component exists, with the addresses of an overdue ticket, its machine and its notification.</summary>
    public static async Task<IReadOnlyList<SitePage>> AllAsync(BrowserHost host)
    {
        var notification = await host.FindAsync(db => db.WebhookNotifications.OrderBy(row => row.Id).FirstOrDefaultAsync());
        var ticket = await host.FindAsync(db => notification == null
            ? db.Tickets.OrderBy(row => row.ScheduledDate == null).ThenBy(row => row.ScheduledDate).FirstAsync()
            : db.Tickets.SingleAsync(row => row.Id == notification.TicketId));
        var pages = new List<SitePage>
        {
            new("sign-in", "/login", IsOpen: true),
            new("overview", "/"),
            new("tickets", "/tickets"),
            new("tickets-none-found", "/tickets?q=introuvable-" + ticket.Id.ToString(CultureInfo.InvariantCulture)),
            new("board", "/board"),
            new("board-lanes", "/board?lanes=machine&column=diagnostic&archived=shown"),
            new("ticket", $"/tickets/{Uri.EscapeDataString(ticket.TicketId)}"),
            new("ticket-print", $"/tickets/{Uri.EscapeDataString(ticket.TicketId)}/print", IsPlain: true),
            new("trash", "/trash"),
            new("new-ticket", "/tickets/new"),
            new("mentions", "/mentions"),
            new("calendar", "/calendar"),
            new("machines", "/machines"),
            new("machine", $"/machines/{ticket.MachineId}"),
            new("notifications", "/notifications"),
            new("notices", "/notices"),
            new("operations", "/ops"),
            new("settings", "/settings/notifications"),
            new("site-settings", "/settings/site"),
            new("preferences", "/preferences"),
            new("styleguide", "/styleguide"),
            new("more", "/more"),
            new("no-access", "/no-access"),
        };
        if (notification is not null)
        {
            pages.Add(new("notification", $"/notifications/{notification.Id}"));
        }

        return [.. pages.Where(Exists)];
    }

    /// <summary>A page appears here with the slice that brings it.</summary>
    private static bool Exists(SitePage page) => Templates().Any(template => Matches(template, page.Path.Split('?')[0]));

    private static IEnumerable<string> Templates() => typeof(Program).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes(typeof(Microsoft.AspNetCore.Components.RouteAttribute), inherit: false))
        .Cast<Microsoft.AspNetCore.Components.RouteAttribute>()
        .Select(route => route.Template);

    private static bool Matches(string template, string path)
    {
        var (wanted, given) = (template.Trim('/').Split('/'), path.Trim('/').Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
