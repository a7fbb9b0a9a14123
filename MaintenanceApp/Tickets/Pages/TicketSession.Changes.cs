using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Change;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>What can be done to the open ticket.</summary>
public sealed partial class TicketSession
{
    public Task<bool> MoveAsync(TicketStatus status) => ChangeAsync(
        TicketArea.Status, now => new StatusChange(now.Ticket.Status), new StatusChange(status), texts["DoneStatus", shared[$"Status{status}"]], shared[$"Status{status}"]);

    public Task<bool> PrioritizeAsync(TicketPriority priority) => ChangeAsync(
        TicketArea.Priority,
        now => new PriorityChange(now.Ticket.Priority),
        new PriorityChange(priority),
        texts["DonePriority", shared[$"Priority{priority}"]],
        shared[$"Priority{priority}"]);

    /// <param name="assignee">Null = nobody, 0 = the team.</param>
    /// <param name="name">For the sentence.</param>
    public Task<bool> AssignAsync(int? assignee, string? name) => ChangeAsync(
        TicketArea.Assignee,
        now => new AssigneeChange(now.Ticket.AssignedTo),
        new AssigneeChange(assignee),
        name is null ? texts["DoneUnassigned"] : texts["DoneAssigned", name],
        name ?? texts["NobodyYet"]);

    /// <param name="due">UTC; null takes the date away.</param>
    /// <param name="words">For the sentence.</param>
    public Task<bool> RescheduleAsync(DateTime? due, string words) => ChangeAsync(
        TicketArea.Date,
        now => new DueChange(now.Ticket.ScheduledDate),
        new DueChange(due),
        due is null ? texts["DoneUnplanned"] : texts["DonePlanned", words],
        due is null ? shared["NoDueDate"] : words);

    /// <param name="until">UTC; null lets it notify again.</param>
    /// <param name="reason">Required with <paramref name="until"/>.</param>
    /// <param name="words">For the sentence.</param>
    public Task<bool> SnoozeAsync(DateTime? until, string? reason, string words) => ChangeAsync(
        TicketArea.Snooze,
        now => new SnoozeChange(now.Ticket.SnoozedUntil, null),
        new SnoozeChange(until, reason),
        until is null ? texts["DoneAwake"] : texts["DoneSnoozed", words],
        until is null ? texts["DoneAwake"] : words);

    /// <param name="machineId">The machine.</param>
    /// <param name="name">For the sentence.</param>
    public Task<bool> ChangeMachineAsync(int machineId, string name) => ChangeAsync(
        TicketArea.Machine, now => new MachineChange(now.Ticket.MachineId), new MachineChange(machineId), texts["DoneEdited"], name);

    /// <param name="seen">The ticket as it was when typing began.</param>
    /// <param name="title">As typed.</param>
    public Task<bool> RetitleAsync(TicketDetail seen, string title)
    {
        var kept = new EditTicketRequest { Title = title }.Title ?? "";
        return ChangeAsync(TicketArea.Title, now => new TitleChange(now.Ticket.Title), new TitleChange(kept), texts["DoneEdited"], kept, seen);
    }

    /// <param name="seen">The ticket as it was when typing began.</param>
    /// <param name="description">As typed.</param>
    public Task<bool> DescribeAsync(TicketDetail seen, string description)
    {
        var kept = new EditTicketRequest { Description = description }.Description ?? "";
        return ChangeAsync(TicketArea.Description, now => new DescriptionChange(now.Ticket.Description), new DescriptionChange(kept), texts["DoneEdited"], kept, seen);
    }

    /// <param name="seen">The ticket as it was when typing began.</param>
    /// <param name="reporter">As typed; blank = the account's own name.</param>
    public Task<bool> NameReporterAsync(TicketDetail seen, string reporter)
    {
        var kept = Blank.ToNull(new EditTicketRequest { ReporterName = reporter }.ReporterName);
        return ChangeAsync(TicketArea.Reporter, now => new ReporterChange(now.OriginalReporterName), new ReporterChange(kept), texts["DoneEdited"], kept ?? "", seen);
    }

    public Task TrashAsync() => ChangeAsync(TicketArea.Trash, Trashed, new TrashChange(true), texts["DoneTrashed"], texts["DoneTrashed"]);

    public Task RestoreAsync() => ChangeAsync(TicketArea.Trash, Trashed, new TrashChange(false), texts["DoneRestored"], texts["DoneRestored"]);

    /// <returns>False when it was not kept: the typed text stays.</returns>
    public async Task<bool> CommentAsync(string words)
    {
        if (IsBusy)
        {
            return false;
        }

        var (ticket, mine) = (Ticket, Begin());
        try
        {
            var isKept = await comment.ExecuteAsync(Actor, ticket.Id, new CommentOnTicketRequest { Comment = words }, CancellationToken.None) is not null;
            await RefreshAsync();
            return Say(TicketArea.Comment, ticket, isKept ? null : texts["GoneMeanwhile"].Value);
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            await RefreshAsync();
            return Say(TicketArea.Comment, ticket, errors.Sentence(exception));
        }
        finally
        {
            Finish(mine);
        }
    }

    private static TrashChange Trashed(TicketDetail now) => new(now.DeletedAt is not null);

    /// <param name="area">What is changed.</param>
    /// <param name="present">What a ticket has, as a change.</param>
    /// <param name="to">What it is to be.</param>
    /// <param name="sentence">What was done, for the toast.</param>
    /// <param name="words">The wanted value in words, for a conflict.</param>
    /// <param name="seen">The ticket as it was when typing began; null = as it is shown.</param>
    private async Task<bool> ChangeAsync(
        TicketArea area, Func<TicketDetail, TicketChange> present, TicketChange to, string sentence, string words, TicketDetail? seen = null)
    {
        seen ??= Open;
        if (present(Open).Equals(to) || present(seen).Equals(to))
        {
            Conflict = null;
            return true;
        }

        if (IsBusy)
        {
            return false;
        }

        var (ticket, mine) = (seen.Ticket, Begin());
        var lastKnown = seen.Timeline.Select(entry => entry.Id).DefaultIfEmpty().Max();
        try
        {
            var result = await changes.RunAsync(
                Actor, [new WantedChange(ticket.Id, to, present(seen))], _ => Task.FromResult(sentence), RefreshAsync);
            await RefreshAsync();
            if (!Say(area, ticket, changes.Sentence(result, IsShown(ticket) ? null : texts["ChangedAgain"].Value)))
            {
                return false;
            }

            if (result.Has(ChangeSkip.Overtaken))
            {
                Refusals++;
                Conflict = new TicketConflict(area, Since(area, lastKnown), words, () => ChangeAsync(area, present, to, sentence, words));
                return false;
            }

            LastSave = IsShown(ticket) ? new TicketSave(area, ++saves) : LastSave;
            return true;
        }
        finally
        {
            Finish(mine);
        }
    }

    private bool IsShown(TicketRow ticket) => Detail?.Ticket.Id == ticket.Id;

    private object Begin()
    {
        (running, Problem, Conflict) = (new object(), null, null);
        Changed?.Invoke();
        return running;
    }

    private void Finish(object mine)
    {
        if (running == mine)
        {
            running = null;
        }

        Changed?.Invoke();
    }

    /// <summary>Shows the ticket as it is now; if the database does not answer, what is shown stays and the page reads again by itself.</summary>
    public async Task RefreshAsync()
    {
        try
        {
            await ReloadAsync();
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
        }
    }

    /// <summary>A refusal stands where it was asked; once another ticket is open it is a toast that leads back.</summary>
    /// <returns>Whether there was none.</returns>
    private bool Say(TicketArea area, TicketRow ticket, string? refusal)
    {
        if (refusal is not null && IsShown(ticket))
        {
            Refusals++;
            Problem = new TicketProblem(area, refusal);
        }
        else if (refusal is not null)
        {
            toasts.Show(texts["RefusedElsewhere", TicketUrl.Tail(ticket.TicketId), refusal], href: TicketUrl.Of(ticket.TicketId));
        }

        return refusal is null;
    }

    /// <summary>Their changes of the same thing; all of theirs where it cannot be told.</summary>
    private List<TimelineRow> Since(TicketArea area, int lastKnown)
    {
        var theirs = Open.Timeline.Where(entry => entry.Id > lastKnown).ToList();
        var same = theirs.Where(entry => TimelineWords.Area(entry) == area).ToList();
        return same.Count > 0 ? same : theirs;
    }
}
