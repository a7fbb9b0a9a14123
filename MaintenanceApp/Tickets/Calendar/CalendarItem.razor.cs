using MaintenanceApp.Tickets.Pages;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>What is said of a ticket on its day; less where there is less room.</summary>
public sealed partial class CalendarItem
{
    [Parameter, EditorRequired]
    public required PlacedEntry Placed { get; set; }

    [Parameter, EditorRequired]
    public required CalendarScene Scene { get; set; }

    /// <summary>Where no row says whose it is.</summary>
    [Parameter]
    public bool ShowsPerson { get; set; }

    /// <summary>Where no heading says which day it is.</summary>
    [Parameter]
    public bool ShowsDay { get; set; }

    /// <summary>One line, for the cells of a month.</summary>
    [Parameter]
    public bool IsLine { get; set; }

    [Parameter]
    public EventCallback<PlanAsk> OnAsk { get; set; }

    private CalendarEntry Entry => Placed.Entry;

    private bool MayMove => Scene.MayMove && Entry.IsOpen;

    private string Time => ShowsDay ? Sentences.When(Placed.At)
        : TicketDay.IsWhole(Clock, Placed.At) && !Scene.Url.ByCompletion ? L["WholeDay"]
        : Instants.Time(Placed.At);

    private bool SaysLate => Entry.IsOverdue && !IsLine && !Scene.Url.ByCompletion;

    private string When => SaysLate ? L["TrayOverdue"] : Time;

    private string Where => IsLine ? "" : Join(SaysLate ? Time : null, Entry.Machine, ShowsPerson ? Sentences.Who(Entry.AssignedTo, Entry.AssigneeName, Entry.AssigneeHasLeft) : null);

    private string Tip => Join(
        Entry.Title, Instants.Full(Placed.At), S[$"Status{Entry.Status}"], Entry.IsOverdue ? L["TrayOverdue"].Value : null, Entry.Machine,
        Sentences.Who(Entry.AssignedTo, Entry.AssigneeName, Entry.AssigneeHasLeft));

    private (string Class, string Icon) Look => CalendarLook.Of(Entry);

    private static string Join(params string?[] words) => string.Join(" · ", words.OfType<string>());
}
