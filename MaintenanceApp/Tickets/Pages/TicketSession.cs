using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>Where on the page something was asked: errors and conflicts are shown there.</summary>
public enum TicketArea
{
    Status,
    Priority,
    Assignee,
    Date,
    Snooze,
    Text,
    Comment,
    Trash,
}

/// <summary>What was refused, in words of the screen's language.</summary>
public sealed record TicketProblem(TicketArea Area, string Sentence);

/// <summary>Somebody changed the same thing first; nothing of mine was saved.</summary>
/// <param name="Area">What both changed.</param>
/// <param name="Theirs">Their changes, oldest first.</param>
/// <param name="Repeat">Saves mine over theirs; null where a form does that itself.</param>
public sealed record TicketConflict(TicketArea Area, IReadOnlyList<TimelineRow> Theirs, Func<Task>? Repeat);

/// <summary>
/// One ticket open on one screen: runs the use cases, says what was done with a way back, and keeps what was refused
/// where it was asked. Changes by others to something else do not stand in the way.
/// </summary>
public sealed class TicketSession(
    TicketQueries queries, NotificationQueries notifications, TicketCommands commands, ToastMessages toasts, TicketErrors errors,
    IStringLocalizer<TicketTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    /// <summary>Raised after anything here has changed.</summary>
    public event Action? Changed;

    /// <summary>Null before <see cref="OpenAsync"/> and for an unknown number.</summary>
    public TicketDetail? Detail { get; private set; }

    /// <summary>Its notifications, newest first.</summary>
    public IReadOnlyList<NotificationRow> Sends { get; private set; } = [];

    public Actor Actor { get; private set; } = new(0, "", "");

    public TicketProblem? Problem { get; private set; }

    public TicketConflict? Conflict { get; private set; }

    public bool IsBusy { get; private set; }

    /// <summary>Grows with every reload, so that parts which read more know when.</summary>
    public int Revision { get; private set; }

    /// <exception cref="InvalidOperationException">No ticket is open.</exception>
    public TicketRow Ticket => Open.Ticket;

    public bool IsTrashed => Detail?.DeletedAt is not null;

    public bool MayPlan => !IsTrashed && Actor.Can(Permissions.PlanTickets);

    public bool MayWork => !IsTrashed && Actor.Can(Permissions.WorkOnTickets);

    public bool MayEdit => !IsTrashed && EditTicket.MayEdit(Actor, Ticket.ReportedBy);

    public bool MaySnooze => !IsTrashed && SnoozeTicket.MaySnooze(Actor);

    public bool MayComment => !IsTrashed && Actor.Can(Permissions.CommentTickets);

    public bool MayTrash => Actor.Can(Permissions.TrashTickets);

    private TicketDetail Open => Detail ?? throw new InvalidOperationException("No ticket is open.");

    /// <param name="ticketId">The number people read, or the row's id.</param>
    /// <param name="actor">Who looks at it.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task OpenAsync(string ticketId, Actor actor, CancellationToken cancellationToken)
    {
        (Actor, Problem, Conflict) = (actor, null, null);
        await ReadAsync(await queries.FindAsync(ticketId, cancellationToken), cancellationToken);
    }

    public async Task ReloadAsync()
    {
        if (Detail is not null)
        {
            await ReadAsync(await queries.FindAsync(Ticket.Id, CancellationToken.None) ?? Detail, CancellationToken.None);
        }
    }

    public Task MoveAsync(TicketStatus status) => ChangeAsync(
        TicketArea.Status, row => row.Status, status, commands.Move, value => texts["DoneStatus", shared[$"Status{value}"]]);

    public Task PrioritizeAsync(TicketPriority priority) => ChangeAsync(
        TicketArea.Priority, row => row.Priority, priority, commands.Prioritize, value => texts["DonePriority", shared[$"Priority{value}"]]);

    /// <param name="assignee">Null = nobody, 0 = the team.</param>
    /// <param name="name">For the sentence.</param>
    public Task AssignAsync(int? assignee, string? name) => ChangeAsync(
        TicketArea.Assignee, row => row.AssignedTo, assignee, commands.Assign, _ => name is null ? texts["DoneUnassigned"] : texts["DoneAssigned", name]);

    /// <param name="due">UTC; null takes the date away.</param>
    /// <param name="words">For the sentence.</param>
    public Task RescheduleAsync(DateTime? due, string words) => ChangeAsync(
        TicketArea.Date, row => row.ScheduledDate, due, commands.Reschedule, _ => due is null ? texts["DoneUnplanned"] : texts["DonePlanned", words]);

    /// <param name="until">UTC; null lets it notify again.</param>
    /// <param name="reason">Required with <paramref name="until"/>.</param>
    /// <param name="words">For the sentence.</param>
    public Task<bool> SnoozeAsync(DateTime? until, string? reason, string words) => ChangeAsync(
        TicketArea.Snooze,
        row => row.SnoozedUntil,
        until,
        (actor, now, value) => commands.Snooze(actor, now, value, reason ?? texts["TakenBack"]),
        _ => until is null ? texts["DoneAwake"] : texts["DoneSnoozed", words]);

    /// <summary>Saves the typed text.</summary>
    /// <param name="mine">As typed, with what it started from.</param>
    /// <returns>False when it was refused or overtaken; the text stays with the caller.</returns>
    public async Task<bool> EditAsync(TicketTextEdit mine)
    {
        var saved = await RunAsync(
            TicketArea.Text, mine.Seen, mine.ConflictsWith, (actor, now) => commands.Edit(actor, now, mine.Over(now)), null);
        if (saved)
        {
            toasts.Show(texts["DoneEdited"]);
        }

        return saved;
    }

    public Task<bool> CommentAsync(string comment) =>
        RunAsync(TicketArea.Comment, Open, _ => false, (actor, now) => commands.Comment(actor, now, comment), null);

    public async Task TrashAsync()
    {
        if (await RunAsync(TicketArea.Trash, Open, _ => false, commands.Trash, null))
        {
            toasts.Show(texts["DoneTrashed"], RestoreAsync);
        }
    }

    public async Task RestoreAsync()
    {
        if (await RunAsync(TicketArea.Trash, Open, _ => false, commands.Restore, null))
        {
            toasts.Show(texts["DoneRestored"]);
        }
    }

    public void DismissConflict()
    {
        Conflict = null;
        Changed?.Invoke();
    }

    private async Task ReadAsync(TicketDetail? detail, CancellationToken cancellationToken)
    {
        Sends = detail is not null && Actor.Can(Permissions.ReadNotifications)
            ? await notifications.HistoryAsync(detail.Ticket.TicketId, cancellationToken) ?? []
            : [];
        Detail = detail;
        Revision++;
        Changed?.Invoke();
    }

    private async Task<bool> ChangeAsync<T>(
        TicketArea area, Func<TicketRow, T> value, T wanted, Func<Actor, TicketDetail, T, Task<bool>> command, Func<T, string> sentence)
    {
        var seen = Open;
        var before = value(seen.Ticket);
        if (EqualityComparer<T>.Default.Equals(before, wanted))
        {
            return true;
        }

        var saved = await RunAsync(
            area,
            seen,
            now => !EqualityComparer<T>.Default.Equals(value(now.Ticket), before),
            (actor, now) => command(actor, now, wanted),
            () => ChangeAsync(area, value, wanted, command, sentence));
        if (saved)
        {
            toasts.Show(sentence(wanted), () => UndoAsync(area, value, before, wanted, command));
        }

        return saved;
    }

    private async Task UndoAsync<T>(TicketArea area, Func<TicketRow, T> value, T before, T mine, Func<Actor, TicketDetail, T, Task<bool>> command)
    {
        await ReloadAsync();
        bool IsOvertaken(TicketDetail now) => !EqualityComparer<T>.Default.Equals(value(now.Ticket), mine);
        if (IsOvertaken(Open))
        {
            toasts.Show(texts["UndoOvertaken"]);
        }
        else if (await RunAsync(area, Open, IsOvertaken, (actor, now) => command(actor, now, before), null))
        {
            toasts.Show(texts["Undone"]);
        }
    }

    /// <summary>Runs the command on what was seen; if the ticket was saved meanwhile, on the ticket as it is, unless both changed the same.</summary>
    private async Task<bool> RunAsync(
        TicketArea area, TicketDetail seen, Func<TicketDetail, bool> conflicts, Func<Actor, TicketDetail, Task<bool>> command, Func<Task>? repeat)
    {
        if (IsBusy)
        {
            return false;
        }

        (IsBusy, Problem, Conflict) = (true, null, null);
        Changed?.Invoke();
        try
        {
            var known = seen.Timeline.Select(entry => entry.Id).ToHashSet();
            var exists = await TryAsync(seen);
            if (!exists)
            {
                Problem = new TicketProblem(area, texts["GoneMeanwhile"]);
            }

            await ReloadAsync();
            return exists && Conflict is null;

            async Task<bool> TryAsync(TicketDetail ticket)
            {
                try
                {
                    return await command(Actor, ticket);
                }
                catch (StaleRecordException)
                {
                    await ReloadAsync();
                    if (!conflicts(Open))
                    {
                        return await command(Actor, Open);
                    }

                    Conflict = new TicketConflict(area, [.. Open.Timeline.Where(entry => !known.Contains(entry.Id))], repeat);
                    return true;
                }
            }
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            Problem = new TicketProblem(area, errors.Sentence(exception));
            return false;
        }
        finally
        {
            IsBusy = false;
            Changed?.Invoke();
        }
    }
}
