using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Board;

/// <summary>The columns a card can go to. One for the whole board.</summary>
public sealed partial class BoardMoveSheet
{
    private ElementReference element;
    private BoardTicket? card;

    /// <summary>wwwroot/js/board.js; null until the page is interactive.</summary>
    [Parameter]
    public IJSObjectReference? Module { get; set; }

    [Parameter]
    public EventCallback<(BoardTicket Card, TicketStatus To)> OnChosen { get; set; }

    /// <summary>Closed, with or without a choice.</summary>
    [Parameter]
    public EventCallback OnClosed { get; set; }

    public async Task OpenAsync(BoardTicket asked)
    {
        card = asked;
        StateHasChanged();
        await Task.Yield();
        await (Module?.InvokeVoidAsync("open", element, asked.Id) ?? ValueTask.CompletedTask);
    }

    private Task ChooseAsync(TicketStatus status) => OnChosen.InvokeAsync((card!, status));

    private Task CloseAsync() => OnClosed.InvokeAsync();
}
