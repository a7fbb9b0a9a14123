using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>
/// One ticket open on one screen: asks for its changes and keeps what was refused where it was asked. Another ticket may be
/// opened at any moment: what comes back for the last one is then said, never shown on this one.
/// Not disposable on purpose: the container would keep every one until the circuit ends. The screen calls <see cref="Close"/>.
/// </summary>
public sealed partial class TicketSession(
    TicketQueries queries, NotificationQueries notifications, UndoableChanges changes, CommentOnTicket comment, TicketPresence presence, ToastMessages toasts,
    TicketErrors errors, IStringLocalizer<TicketTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    /// <summary>As many entries of each kind as a page shows before « Afficher plus ».</summary>
    public const int FirstEntries = 25;

    private readonly Dictionary<object, IDisposable> typing = [];
    private int openings;
    private int shownOpening;
    private int reads;
    private object? running;
    private int saves;

    /// <summary>Raised after anything here has changed.</summary>
    public event Action? Changed;

    /// <summary>The ticket asked for last has been read; before that <see cref="Detail"/> may still be the one before it.</summary>
    public bool IsLoaded => openings > 0 && shownOpening == openings;

    /// <summary>Null before <see cref="OpenAsync"/> and for an unknown number.</summary>
    public TicketDetail? Detail { get; private set; }

    /// <summary>Its notifications, newest first.</summary>
    public IReadOnlyList<NotificationRow> Sends { get; private set; } = [];

    public Actor Actor { get; private set; } = new(0, "", "");

    public TicketProblem? Problem { get; private set; }

    public TicketConflict? Conflict { get; private set; }

    /// <summary>Grows with every refusal and conflict. A browser keeps showing what was chosen: a control with this as its key is drawn anew, with what is.</summary>
    public int Refusals { get; private set; }

    /// <summary>For the tick beside what was just saved.</summary>
    public TicketSave? LastSave { get; private set; }

    public bool IsBusy => running is not null;

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

    /// <summary>The screen is gone: the account is no longer said to type, and no answer is shown any more.</summary>
    public void Close()
    {
        openings++;
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
        Close();
        var opening = openings;
        (Actor, Problem, Conflict, LastSave, Entries, running) = (actor, null, null, null, FirstEntries, null);
        await ReadAsync(opening, await queries.FindIdAsync(ticketId, cancellationToken), cancellationToken);
    }

    /// <summary>Reads the ticket again; while another one is being opened that answer is awaited instead.</summary>
    public Task ReloadAsync() => Detail is null || shownOpening != openings ? Task.CompletedTask : ReadAsync(openings, Ticket.Id, CancellationToken.None);

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

    /// <summary>The latest question about the ticket opened last is the one whose answer is shown.</summary>
    private async Task ReadAsync(int opening, int? id, CancellationToken cancellationToken)
    {
        var asked = ++reads;
        var detail = id is { } known ? await queries.FindAsync(known, cancellationToken, Entries) ?? (Detail?.Ticket.Id == id ? Detail : null) : null;
        var sends = detail is not null && Actor.Can(Permissions.ReadNotifications)
            ? await notifications.HistoryAsync(detail.Ticket.TicketId, cancellationToken) ?? []
            : [];
        if (asked == reads && opening == openings)
        {
            (Detail, Sends, shownOpening) = (detail, sends, opening);
            Revision++;
            Changed?.Invoke();
        }
    }
}
