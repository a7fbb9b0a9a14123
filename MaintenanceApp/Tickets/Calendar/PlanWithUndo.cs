using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>Plans a ticket as the calendar shows it, and says whether it will notify.</summary>
public sealed class PlanWithUndo(
    UndoableChanges changes, CalendarQueries queries, UserQueries people, PlanSentences sentences, IStringLocalizer<TicketTexts> texts, IStringLocalizer<CalendarTexts> words)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="seen">The ticket as shown.</param>
    /// <param name="wanted">Its date and person from now on.</param>
    /// <param name="reload">Shows the ticket where it is after the undo.</param>
    /// <returns>Why nothing was changed, in words; null when it was.</returns>
    public async Task<string?> ExecuteAsync(Actor actor, CalendarEntry seen, PlanChange wanted, Func<Task> reload)
    {
        if (wanted == seen.Plan)
        {
            return null;
        }

        var result = await changes.RunAsync(actor, [new WantedChange(seen.Id, wanted, seen.Plan)], _ => DoneAsync(seen, wanted), reload);
        return changes.Sentence(result, result.Has(ChangeSkip.Overtaken) ? await OvertakenAsync(seen.Id) : null);
    }

    private async Task<string> DoneAsync(CalendarEntry seen, PlanChange wanted)
    {
        var name = wanted.AssignedTo is { } id and not User.TeamId
            ? (await people.NamesAsync([id], CancellationToken.None)).GetValueOrDefault(id)
            : null;
        return sentences.Done(seen, wanted, name, await queries.LastNotifiedAsync(seen.Id, CancellationToken.None));
    }

    /// <summary>Who and when somebody else has planned it for.</summary>
    private async Task<string> OvertakenAsync(int id)
    {
        try
        {
            return await queries.FindAsync(id, CancellationToken.None) is { } now
                ? words["PlannedMeanwhile", sentences.Who(now.AssignedTo, now.AssigneeName), sentences.When(now.ScheduledDate)]
                : texts["GoneMeanwhile"];
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            return texts["ChangedAgain"];
        }
    }
}
