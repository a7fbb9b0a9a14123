using MaintenanceApp.Components;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>Runs a change of one or many tickets from a list and says in one sentence what came of it.</summary>
public sealed class BulkCommands(UndoableChanges changes, ToastMessages toasts, TicketErrors errors, IStringLocalizer<TicketTexts> texts)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="ticketIds">Row ids.</param>
    /// <param name="wanted">The change, with the words for it.</param>
    /// <param name="reload">Shows the list anew, also after an undo.</param>
    /// <returns>False when nothing was changed for a reason that is said.</returns>
    public async Task<bool> RunAsync(Actor actor, IReadOnlyCollection<int> ticketIds, ChangeAnswer wanted, Func<Task> reload)
    {
        var result = await changes.RunAsync(
            actor,
            [.. ticketIds.Select(id => new WantedChange(id, wanted.Change))],
            made => Task.FromResult(made is { Done.Count: 1, Skipped.Count: 0 } ? Single(wanted) : changes.Summary("ChangedOne", "ChangedMany", made)),
            reload);
        if (result.Done.Count == 0)
        {
            toasts.Show(result is { Skipped.Count: 0, Refusal: { } refusal } ? errors.Sentence(refusal) : changes.Summary("ChangedOne", "ChangedMany", result));
        }

        if (result.Refusal is not null && result.Done.Count == 0)
        {
            return false;
        }

        await reload();
        return true;
    }

    private string Single(ChangeAnswer wanted) => wanted.Change switch
    {
        StatusChange => texts["DoneStatus", wanted.Words],
        PriorityChange => texts["DonePriority", wanted.Words],
        AssigneeChange { UserId: null } => texts["DoneUnassigned"],
        AssigneeChange => texts["DoneAssigned", wanted.Words],
        DueChange { Due: null } => texts["DoneUnplanned"],
        DueChange => texts["DonePlanned", wanted.Words],
        _ => texts["DoneTrashed"],
    };
}

/// <param name="Change">What to do.</param>
/// <param name="Words">Its new value, in the language of the screen.</param>
public sealed record ChangeAnswer(TicketChange Change, string Words);
