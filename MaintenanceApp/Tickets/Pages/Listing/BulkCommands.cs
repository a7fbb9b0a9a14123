using MaintenanceApp.Components;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>Runs a change of one or many tickets from a list, says in one sentence what came of it, and offers the way back.</summary>
public sealed class BulkCommands(
    ChangeTickets change, ToastMessages toasts, TicketErrors errors, IStringLocalizer<ListTexts> texts, IStringLocalizer<TicketTexts> ticketTexts)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="ticketIds">Row ids.</param>
    /// <param name="wanted">The change, with the words for it.</param>
    /// <param name="reload">Shows the list anew, also after an undo.</param>
    /// <returns>False when nothing was tried.</returns>
    public async Task<bool> RunAsync(Actor actor, IReadOnlyCollection<int> ticketIds, ChangeAnswer wanted, Func<Task> reload)
    {
        BulkResult result;
        try
        {
            result = await change.ExecuteAsync(actor, ticketIds, wanted.Change, CancellationToken.None);
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            toasts.Show(errors.Sentence(exception));
            return false;
        }

        var sentence = result is { Done.Count: 1, Skipped.Count: 0 } ? Single(wanted) : Summary("ChangedOne", "ChangedMany", result);
        toasts.Show(sentence, result.Done.Count == 0 ? null : () => UndoAsync(actor, result, reload));
        await reload();
        return true;
    }

    private async Task UndoAsync(Actor actor, BulkResult result, Func<Task> reload)
    {
        var undone = await change.UndoAsync(actor, result, CancellationToken.None);
        toasts.Show(undone is { Done.Count: 1, Skipped.Count: 0 } ? ticketTexts["Undone"] : Summary("UndoneOne", "UndoneMany", undone));
        await reload();
    }

    private string Summary(string one, string many, BulkResult result)
    {
        var changed = texts.Count(one, many, result.Done.Count);
        if (result.Skipped.Count == 0)
        {
            return changed;
        }

        var reasons = result.Skipped.OrderBy(skipped => skipped.Key).Select(skipped => texts[$"Skip{skipped.Key}", skipped.Value].Value);
        return texts["Skipped", changed, texts.Count("IgnoredOne", "IgnoredMany", result.Skipped.Values.Sum()), string.Join(", ", reasons)];
    }

    private string Single(ChangeAnswer wanted) => wanted.Change switch
    {
        StatusChange => ticketTexts["DoneStatus", wanted.Words],
        PriorityChange => ticketTexts["DonePriority", wanted.Words],
        AssigneeChange { UserId: null } => ticketTexts["DoneUnassigned"],
        AssigneeChange => ticketTexts["DoneAssigned", wanted.Words],
        DueChange { Due: null } => ticketTexts["DoneUnplanned"],
        DueChange => ticketTexts["DonePlanned", wanted.Words],
        _ => ticketTexts["DoneTrashed"],
    };
}

/// <param name="Change">What to do.</param>
/// <param name="Words">Its new value, in the language of the screen.</param>
public sealed record ChangeAnswer(BulkChange Change, string Words);
