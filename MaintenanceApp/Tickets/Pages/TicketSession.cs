using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>
/// One ticket open on one screen: runs the use cases, says what was done with a way back, and keeps what was refused
/// where it was asked. Changes by others to something else do not stand in the way.
/// </summary>
public sealed partial class TicketSession(
    TicketQueries queries, NotificationQueries notifications, TicketCommands commands, TicketPresence presence, ToastMessages toasts, TicketErrors errors,
    IStringLocalizer<TicketTexts> texts, IStringLocalizer<SharedTexts> shared) : IDisposable
{
    /// <summary>As many entries of each kind as a page shows before « Afficher plus ».</summary>
    public const int FirstEntries = 25;

    private readonly Dictionary<object, IDisposable> typing = [];
    private int saves;

    /// <summary>Raised after anything here has changed.</summary>
    public event Action? Changed;

    /// <summary>Null before <see cref="OpenAsync"/> and for an unknown number.</summary>
    public TicketDetail? Detail { get; private set; }

    /// <summary>Its notifications, newest first.</summary>
    public IReadOnlyList<NotificationRow> Sends { get; private set; } = [];

    public Actor Actor { get; private set; } = new(0, "", "");

    public TicketProblem? Problem { get; private set; }

    public TicketConflict? Conflict { get; private set; }

    /// <summary>For the tick beside what was just saved.</summary>
    public TicketSave? LastSave { get; private set; }

    public bool IsBusy { get; private set; }

    /// <summary>Grows with every reload, so that parts which read more know when.</summary>
    public int Revision { get; private set; }

    /// <summary>How many entries of each kind were asked for.</summary>
    public int Entries { get; private set; } = FirstEntries;

    /// <summary>Names of the others who type on this ticket now.</summary>
    public IReadOnlyList<string> OthersTyping => Detail is null ? [] : presence.Others(Ticket.Id, Actor.UserId);

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

    /// <summary>The account is no longer said to type.</summary>
    public void Dispose()
    {
        foreach (var place in typing.Values)
        {
            place.Dispose();
        }

        typing.Clear();
    }

    /// <param name="ticketId">The number people read, or the row's id.</param>
    /// <param name="actor">Who looks at it.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task OpenAsync(string ticketId, Actor actor, CancellationToken cancellationToken)
    {
        Dispose();
        (Actor, Problem, Conflict, LastSave, Entries) = (actor, null, null, null, FirstEntries);
        await ReadAsync(await queries.FindIdAsync(ticketId, cancellationToken), cancellationToken);
    }

    public Task ReloadAsync() => Detail is null ? Task.CompletedTask : ReadAsync(Ticket.Id, CancellationToken.None);

    /// <summary>Older entries of the thread.</summary>
    public Task ReadMoreAsync()
    {
        Entries += FirstEntries * 2;
        return ReloadAsync();
    }

    /// <summary>Others see that this account types, until <see cref="StopTyping"/> with the same place.</summary>
    public void StartTyping(object place)
    {
        if (!typing.ContainsKey(place))
        {
            typing[place] = presence.Enter(Ticket.Id, Actor);
        }
    }

    public void StopTyping(object place)
    {
        if (typing.Remove(place, out var mine))
        {
            mine.Dispose();
        }
    }

    public void DismissConflict()
    {
        Conflict = null;
        Changed?.Invoke();
    }

    /// <summary>For parts that save by themselves: shows what was refused where it was asked.</summary>
    public void Refuse(TicketArea area, string? sentence)
    {
        Problem = sentence is null ? null : new TicketProblem(area, sentence);
        Changed?.Invoke();
    }

    private async Task ReadAsync(int? id, CancellationToken cancellationToken)
    {
        var detail = id is { } known ? await queries.FindAsync(known, cancellationToken, Entries) ?? Detail : null;
        Sends = detail is not null && Actor.Can(Permissions.ReadNotifications)
            ? await notifications.HistoryAsync(detail.Ticket.TicketId, cancellationToken) ?? []
            : [];
        Detail = detail;
        Revision++;
        Changed?.Invoke();
    }

    /// <param name="area">What is changed.</param>
    /// <param name="value">Reads it.</param>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="command">The use case.</param>
    /// <param name="sentence">What was done, for the toast.</param>
    /// <param name="words">The wanted value in words, for a conflict.</param>
    /// <param name="seen">The ticket as it was when typing began; null = as it is shown.</param>
    private async Task<bool> ChangeAsync<T>(
        TicketArea area,
        Func<TicketDetail, T> value,
        T wanted,
        Func<Actor, TicketDetail, T, Task<bool>> command,
        string sentence,
        string words,
        TicketDetail? seen = null)
    {
        seen ??= Open;
        var before = value(seen);
        if (EqualityComparer<T>.Default.Equals(value(Open), wanted) || EqualityComparer<T>.Default.Equals(before, wanted))
        {
            Conflict = null;
            return true;
        }

        var saved = await RunAsync(
            area,
            seen,
            now => !EqualityComparer<T>.Default.Equals(value(now), before) && !EqualityComparer<T>.Default.Equals(value(now), wanted),
            (actor, now) => command(actor, now, wanted),
            words,
            () => ChangeAsync(area, value, wanted, command, sentence, words));
        if (saved)
        {
            toasts.Show(sentence, () => UndoAsync(area, value, before, wanted, command));
        }

        return saved;
    }

    private async Task UndoAsync<T>(TicketArea area, Func<TicketDetail, T> value, T before, T mine, Func<Actor, TicketDetail, T, Task<bool>> command)
    {
        await ReloadAsync();
        bool IsOvertaken(TicketDetail now) => !EqualityComparer<T>.Default.Equals(value(now), mine);
        if (IsOvertaken(Open))
        {
            toasts.Show(texts["UndoOvertaken"]);
        }
        else if (await RunAsync(area, Open, IsOvertaken, (actor, now) => command(actor, now, before), "", () => Task.FromResult(false)))
        {
            toasts.Show(texts["Undone"]);
        }
    }

    private Task<bool> RunAsync(TicketArea area, Func<Actor, TicketDetail, Task<bool>> command) =>
        RunAsync(area, Open, _ => false, command, "", () => Task.FromResult(false));

    /// <summary>Runs the command on what was seen; if the ticket was saved meanwhile, on the ticket as it is, unless both changed the same.</summary>
    private async Task<bool> RunAsync(
        TicketArea area, TicketDetail seen, Func<TicketDetail, bool> conflicts, Func<Actor, TicketDetail, Task<bool>> command, string mine, Func<Task<bool>> repeat)
    {
        if (IsBusy)
        {
            return false;
        }

        (IsBusy, Problem, Conflict) = (true, null, null);
        Changed?.Invoke();
        try
        {
            var lastKnown = seen.Timeline.Select(entry => entry.Id).DefaultIfEmpty().Max();
            var exists = await TryAsync(seen);
            if (!exists)
            {
                Problem = new TicketProblem(area, texts["GoneMeanwhile"]);
            }

            await ReloadAsync();
            var isSaved = exists && Conflict is null;
            LastSave = isSaved ? new TicketSave(area, ++saves) : LastSave;
            return isSaved;

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

                    Conflict = new TicketConflict(area, Since(area, lastKnown), mine, repeat);
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

    /// <summary>Their changes of the same thing; all of theirs where it cannot be told.</summary>
    private List<TimelineRow> Since(TicketArea area, int lastKnown)
    {
        var theirs = Open.Timeline.Where(entry => entry.Id > lastKnown).ToList();
        var same = theirs.Where(entry => TimelineWords.Area(entry) == area).ToList();
        return same.Count > 0 ? same : theirs;
    }
}
