using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>Plans a ticket as the calendar shows it: says what was done and whether it notifies, and takes it back in one step.</summary>
public sealed class PlanWithUndo(
    PlanTicket plan, CalendarQueries queries, UserQueries people, ToastMessages toasts, PlanSentences sentences, TicketErrors errors, IStringLocalizer<TicketTexts> texts,
    IStringLocalizer<CalendarTexts> words)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="seen">The ticket as shown.</param>
    /// <param name="wanted">Its date and person from now on.</param>
    /// <param name="reload">Shows the ticket where it is after the undo.</param>
    /// <returns>Why nothing was changed, in words; null when it was.</returns>
    public async Task<string?> ExecuteAsync(Actor actor, CalendarEntry seen, TicketPlan wanted, Func<Task> reload)
    {
        if (wanted == seen.Plan)
        {
            return null;
        }

        try
        {
            if (await SaveAsync(actor, seen, wanted) is { } refusal)
            {
                return refusal;
            }
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            return errors.Sentence(exception);
        }

        var name = wanted.AssignedTo is { } id and not User.TeamId
            ? (await people.NamesAsync([id], CancellationToken.None))[id]
            : null;
        var lastNotified = await queries.LastNotifiedAsync(seen.Id, CancellationToken.None);
        toasts.Show(sentences.Done(seen, wanted, name, lastNotified), () => UndoAsync(actor, seen, wanted, reload));
        return null;
    }

    /// <summary>A change of something else by somebody does not stand in the way; one of the date or the person does.</summary>
    private async Task<string?> SaveAsync(Actor actor, CalendarEntry seen, TicketPlan wanted)
    {
        try
        {
            return await plan.ExecuteAsync(actor, seen.Id, wanted, seen.Version, CancellationToken.None) ? null : texts["GoneMeanwhile"].Value;
        }
        catch (StaleRecordException)
        {
            if (await queries.FindAsync(seen.Id, CancellationToken.None) is not { } now)
            {
                return texts["GoneMeanwhile"].Value;
            }

            if (now.Plan != seen.Plan)
            {
                return words["PlannedMeanwhile", sentences.Who(now.AssignedTo, now.AssigneeName), sentences.When(now.ScheduledDate)];
            }

            await plan.ExecuteAsync(actor, seen.Id, wanted, now.Version, CancellationToken.None);
            return null;
        }
    }

    private async Task UndoAsync(Actor actor, CalendarEntry before, TicketPlan mine, Func<Task> reload)
    {
        try
        {
            if (await queries.FindAsync(before.Id, CancellationToken.None) is not { } now || now.Plan != mine)
            {
                toasts.Show(texts["UndoOvertaken"]);
            }
            else
            {
                await plan.ExecuteAsync(actor, before.Id, before.Plan, now.Version, CancellationToken.None);
                toasts.Show(texts["Undone"]);
            }
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            toasts.Show(errors.Sentence(exception));
        }

        await reload();
    }
}
