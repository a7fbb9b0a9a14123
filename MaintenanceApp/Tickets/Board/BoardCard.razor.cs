using MaintenanceApp.Components;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tickets.Pages;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Board;

/// <summary>What a card says that needs a rule.</summary>
public sealed partial class BoardCard(SiteClock clock, InstantText instants, DurationText durations)
{
    private (BoardTicket Card, bool MayMove, long Minute)? shown;

    [Parameter, EditorRequired]
    public required BoardTicket Card { get; set; }

    [Parameter]
    public bool MayMove { get; set; }

    /// <summary>« Déplacer vers… » was asked for.</summary>
    [Parameter]
    public EventCallback<BoardTicket> OnMenu { get; set; }

    private SiteClock Clock => clock;

    private InstantText Instants => instants;

    // Hundreds of cards are drawn again with every change of one: those that say the same are left alone.
    private (BoardTicket Card, bool MayMove, long Minute) Now => (Card, MayMove, clock.UtcNow.Ticks / TimeSpan.TicksPerMinute);

    private bool IsFinished => TicketRules.IsFinished(Card.Status);

    private bool IsMuted => !IsFinished && Card.SnoozedUntil > clock.UtcNow;

    private bool HasFacts => Card.Comments > 0 || Card.Files > 0 || Card.Sends.Delivered > 0 || Card.Sends.HasFailed || IsMuted || (Card.AssigneeHasLeft && !IsFinished)
        || Card.MachineStatus is Machines.MachineStatus.OutOfService or Machines.MachineStatus.Maintenance;

    private string? Name => S.Assignee(Card.AssignedTo, Card.AssigneeName);

    /// <summary>« Martin T. »: a banner is narrow.</summary>
    private string? ShortName => Name?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, .., { Length: > 0 } last] && Card.AssignedTo > 0
        ? $"{first} {last[0]}."
        : Name;

    private string DoneSentence => (Card.CompletedAt, Card.ScheduledDate) switch
    {
        (null, _) => L["Done"],
        ({ } done, { } due) when done <= due => L["DoneInTime"],
        ({ } done, { } due) => L["DoneLate", durations.Of(done - due)],
        ({ } done, null) => L["DoneAt", instants.Compact(done, clock.UtcNow)],
    };

    protected override bool ShouldRender() => shown != Now;

    protected override void OnAfterRender(bool firstRender) => shown = Now;
}
