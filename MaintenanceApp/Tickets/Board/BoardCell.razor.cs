using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Board;

/// <summary>One cell: its cards are those of its column that belong to its row.</summary>
public sealed partial class BoardCell
{
    private ColumnLook look = ColumnLook.Of(TicketStatus.Received);

    [Parameter, EditorRequired]
    public required BoardColumn Column { get; set; }

    [Parameter, EditorRequired]
    public required BoardUrl Url { get; set; }

    /// <summary>Null without lanes.</summary>
    [Parameter]
    public BoardLane? Lane { get; set; }

    /// <summary>Tickets in this cell, shown or not.</summary>
    [Parameter]
    public int CellCount { get; set; }

    [Parameter]
    public bool IsFolded { get; set; }

    /// <summary>In the topmost row.</summary>
    [Parameter]
    public bool IsFirst { get; set; }

    /// <summary>In the column that a phone shows.</summary>
    [Parameter]
    public bool IsCurrent { get; set; }

    [Parameter]
    public bool MayMove { get; set; }

    /// <summary>« Déplacer vers… » was asked for.</summary>
    [Parameter]
    public EventCallback<BoardTicket> OnMenu { get; set; }

    [Parameter]
    public EventCallback OnMore { get; set; }

    /// <summary>The pointer is on this cell now.</summary>
    [Parameter]
    public EventCallback OnEnter { get; set; }

    [Parameter]
    public EventCallback OnLeave { get; set; }

    /// <summary>Above the cards.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private TicketStatus Status => Column.Status;

    private IReadOnlyList<BoardTicket> Cards { get; set; } = [];

    private string Unfolded
    {
        get
        {
            var statuses = Url.Filter.Statuses;
            return (statuses.Count > 0
                ? Url.With(Url.Filter with { Statuses = [.. statuses, Status] })
                : Url with { ShowsArchived = true }).ToString();
        }
    }

    protected override void OnParametersSet()
    {
        look = ColumnLook.Of(Status);
        Cards = Lane is null ? Column.Cards : [.. Column.Cards.Where(card => card.LaneKey(Url.Lanes) == Lane.Key)];
    }
}
