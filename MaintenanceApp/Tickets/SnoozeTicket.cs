using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

public sealed class SnoozeTicketRequest
{
    /// <summary>As <see cref="TicketDates"/> reads it, so a bare day means until its end; null or blank ends the snooze.</summary>
    [ScheduledDate]
    public string? Until { get; set; }

    /// <summary>Why it may wait; shown in the timeline.</summary>
    [StringLength(500, ErrorMessage = "La raison doit avoir au plus {1} caractères")]
    public string? Reason { get; set => field = TypedText.OneLine(value); }
}

/// <summary>Acknowledges a late ticket: no notification before an instant, with a reason. Or ends that.</summary>
public sealed class SnoozeTicket(TicketChanges changes, TicketDates dates)
{
    /// <summary>Longer than this is forgetting, not acknowledging.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    /// <summary>False when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">The role may neither plan nor work on tickets.</exception>
    /// <exception cref="InvalidInputException">Not in the future, too far, or no reason.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, SnoozeTicketRequest request, int? expectedVersion, CancellationToken cancellationToken)
    {
        RequireMaySnooze(actor);
        var until = dates.Parse(request.Until);
        return changes.ApplyAsync(
            ticketId,
            expectedVersion,
            (ticket, now) =>
            {
                Check(until, request.Reason, now);
                ticket.Snooze(until, request.Reason, actor, now);
            },
            cancellationToken);
    }

    public static bool MaySnooze(Actor actor) => actor.Can(Permissions.PlanTickets) || actor.Can(Permissions.WorkOnTickets);

    /// <exception cref="ForbiddenException">The role may neither plan nor work on tickets.</exception>
    internal static void RequireMaySnooze(Actor actor)
    {
        if (!MaySnooze(actor))
        {
            throw new ForbiddenException(Permissions.PlanTickets);
        }
    }

    /// <param name="until">UTC; null ends the snooze and needs no reason.</param>
    /// <param name="reason">As typed.</param>
    /// <param name="now">UTC.</param>
    /// <exception cref="InvalidInputException">Not in the future, too far, or no reason.</exception>
    internal static void Check(DateTime? until, string? reason, DateTime now)
    {
        if (until <= now || until > now + Longest)
        {
            throw new InvalidInputException(nameof(SnoozeTicketRequest.Until), $"La date doit être dans le futur, d’ici {Longest.TotalDays:0} jours au plus");
        }

        if (until is not null && Blank.ToNull(reason) is null)
        {
            throw new InvalidInputException(nameof(SnoozeTicketRequest.Reason), "Raison requise");
        }
    }
}
