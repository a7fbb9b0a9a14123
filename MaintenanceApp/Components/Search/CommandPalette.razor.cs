using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace MaintenanceApp.Components.Search;

/// <summary>The command palette of the shell: empty until it is opened.</summary>
public sealed partial class CommandPalette(SiteSearch search, IJSRuntime browser, ILogger<CommandPalette> logger) : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private CancellationTokenSource? searching;
    private IReadOnlyList<RecentPage> recent = [];
    private SearchResults? results;
    private Actor? actor;
    private string shownFor = "";
    private bool isOpen;
    private bool hasFailed;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string Announcement => !isOpen || results is null ? "" : hasFailed ? S["ErrorTitle"] : L.Count("PaletteCountOne", "PaletteCountMany", Groups.Sum(group => group.Options.Count));

    private IReadOnlyList<PaletteGroup> Groups
    {
        get
        {
            if (!isOpen || actor is null)
            {
                return [];
            }

            var pages = new PaletteGroup("Pages", [.. Places(Place.Pages)]);

            // Who types the name of a page wants the page.
            var isPage = results is not null && pages.Options.Any(page => SearchText.Fold(page.Name).StartsWith(SearchText.Fold(shownFor), StringComparison.Ordinal));
            return
            [
                .. new PaletteGroup[]
                {
                    new("Recent", results is null ? [.. recent.Select((page, index) => new PaletteOption($"palette-recent-{index}", "history", page.Title) { Href = page.Href })] : []),
                    isPage ? pages : new("Pages", []),
                    new("Tickets", [.. Tickets()]),
                    new("Machines", [.. Machines()]),
                    new("People", [.. People()]),
                    new("Actions", [.. Places(Place.Actions), .. Typed()]),
                    isPage ? new("Pages", []) : pages,
                }.Where(group => group.Options.Count > 0),
            ];
        }
    }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        searching?.Dispose();
    }

    private async Task OpenAsync()
    {
        if (isOpen)
        {
            return;
        }

        actor = Actor.From((await Authentication).User);
        recent = await browser.InvokeAsync<RecentPage[]>("maintenancePalette.recent", gone.Token) ?? [];
        isOpen = true;
    }

    private void Reset()
    {
        searching?.Cancel();
        (isOpen, results, shownFor) = (false, null, "");
    }

    private async Task FindAsync(string? typed)
    {
        searching?.Cancel();
        searching?.Dispose();
        searching = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        var text = typed ?? "";
        await OpenAsync();
        try
        {
            results = string.IsNullOrWhiteSpace(text) ? null : await search.FindAfterPauseAsync(text, actor!, searching.Token);
            (shownFor, hasFailed) = (text, false);
        }
        catch (OperationCanceledException)
        {
            // Something else was typed, or the page is gone.
        }
        catch (Exception exception) when (Data.DatabaseFailure.IsFrom(exception))
        {
            (results, shownFor, hasFailed) = (null, text, true);
            LogFailed(logger, exception);
        }
    }

    private IEnumerable<PaletteOption> Tickets()
    {
        if (results is null)
        {
            yield break;
        }

        foreach (var (index, ticket) in results.Tickets.Index())
        {
            yield return new PaletteOption($"palette-ticket-{index.ToString(CultureInfo.InvariantCulture)}", "list-details", ticket.Title) { Href = $"/tickets/{Uri.EscapeDataString(ticket.TicketId)}", Ticket = ticket };
        }

        if (results.HasMoreTickets || results.Phrase.HasConditions)
        {
            yield return new PaletteOption("palette-all-tickets", "list-details", L["PaletteAllTickets", shownFor.Trim()]) { Href = results.Phrase.Address };
        }
    }

    private IEnumerable<PaletteOption> Machines() => (results?.Machines ?? []).Select(machine =>
        new PaletteOption($"palette-machine-{machine.Id.ToString(CultureInfo.InvariantCulture)}", "engine", machine.Name) { Href = $"/machines/{machine.Id}", Note = machine.Location, Machine = machine.Status });

    private IEnumerable<PaletteOption> People() => (results?.People ?? []).Select(person =>
        new PaletteOption($"palette-person-{person.Id.ToString(CultureInfo.InvariantCulture)}", person.Id == User.TeamId ? "users" : "user", person.Id == User.TeamId ? S["Team"] : person.FullName)
        {
            Href = $"/tickets?assignee={person.Id}",
            Note = Roles.All.FirstOrDefault(role => role.Name == person.Role)?.DisplayName(CultureInfo.CurrentUICulture),
        });

    private IEnumerable<PaletteOption> Places(IReadOnlyList<Place> places) =>
        Place.Matching(places, results is null ? [] : SearchText.Words(shownFor), actor!, L).Select(place =>
            new PaletteOption($"palette-place-{place.Key}", place.Icon, L[$"Place{place.Key}"]) { Href = place.Href, Action = place.Action, Keys = place.Keys });

    /// <summary>What can be done with the words themselves: a report with this title, or about the machine they name.</summary>
    private IEnumerable<PaletteOption> Typed()
    {
        if (results is null)
        {
            yield break;
        }

        if (results.Tickets.Count == 0)
        {
            yield return new PaletteOption("palette-no-ticket", "list-details", L["PaletteNoTicket", shownFor.Trim()]) { Href = results.Phrase.Address };
        }

        if (results.Phrase.HasConditions || !actor!.Can(Permissions.CreateTickets))
        {
            yield break;
        }

        if (results.Machines is [var machine, ..])
        {
            yield return new PaletteOption("palette-report-machine", "plus", L["PaletteReportMachine", machine.Name]) { Href = $"/tickets/new?machine={machine.Id}" };
        }
        else
        {
            yield return new PaletteOption("palette-report-text", "plus", L["PaletteReport", shownFor.Trim()]) { Href = $"/tickets/new?title={Uri.EscapeDataString(shownFor.Trim())}" };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
