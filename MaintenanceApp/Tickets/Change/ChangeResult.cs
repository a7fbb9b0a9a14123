using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets.Change;

/// <summary>Why a ticket was left as it was.</summary>
public enum ChangeSkip
{
    AlreadySo,

    /// <summary>The role may not change this ticket this way.</summary>
    NotAllowed,
    InTrash,

    /// <summary>Somebody has changed the same thing since it was seen.</summary>
    Overtaken,
    Gone,

    /// <summary>The database could not save it; nothing of it was.</summary>
    NotSaved,
}

/// <summary>What is asked for one ticket.</summary>
/// <param name="TicketId">The row's id.</param>
/// <param name="To">What it is to become.</param>
/// <param name="From">What the person saw: anything else by now means that somebody was first. Null = whatever it is.</param>
public sealed record WantedChange(int TicketId, TicketChange To, TicketChange? From = null);

/// <summary>What was done to one ticket, and all it takes to take it back from wherever the person is by then.</summary>
/// <param name="TicketId">The row's id.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it became.</param>
/// <param name="By">Who did it, and takes it back.</param>
public sealed record MadeChange(int TicketId, TicketChange From, TicketChange To, Actor By);

/// <param name="Done">One entry a changed ticket; each can be taken back, also when others were refused.</param>
/// <param name="Skipped">How many were left as they were, by reason; reasons without a ticket are absent.</param>
/// <param name="Refusal">The first exception behind <see cref="ChangeSkip.NotAllowed"/> or <see cref="ChangeSkip.NotSaved"/>; null without one.</param>
public sealed record ChangeResult(IReadOnlyList<MadeChange> Done, IReadOnlyDictionary<ChangeSkip, int> Skipped, Exception? Refusal = null)
{
    /// <summary>Nothing was tried: the wish itself was refused.</summary>
    public static ChangeResult Refused(Exception refusal) => new([], new Dictionary<ChangeSkip, int>(), refusal);

    /// <summary>Whether a ticket was left as it was for this reason.</summary>
    public bool Has(ChangeSkip reason) => Skipped.ContainsKey(reason);
}
