using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components.Routing;

namespace MaintenanceApp.Tickets.Board;

/// <summary>What a person does on the board: go somewhere, move a card, add a line.</summary>
public sealed partial class BoardPage
{
    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath == BoardUrl.Path)
        {
            _ = InvokeAsync(ReadAddressAsync);
        }
    }

    // A machine that does not exist is as meaningless as a status that does not.
    private void ReadAddress()
    {
        url = BoardUrl.Parse(navigation.Uri);
        url = url with { List = url.List.WithMachines(machines.Select(machine => machine.Id)) };
    }

    private async Task ReadAddressAsync()
    {
        var before = url;
        ReadAddress();
        if ((url with { Column = before.Column }).ToString() == before.ToString() && view is not null)
        {
            StateHasChanged(); // Only the phone's column is another.
            return;
        }

        // What is being typed is ahead of the address it causes.
        if ((Filter.Text ?? "") != lastSearched)
        {
            searchText = Filter.Text ?? "";
        }

        cards.Clear();
        var loading = LoadAsync();
        StateHasChanged();
        await loading;
        StateHasChanged();
    }

    private async Task SearchAsync(string text)
    {
        searchText = text;
        var typing = ++typings;
        await Task.Delay(TypingPause, clock, load.Gone);
        if (typing == typings)
        {
            lastSearched = text.Trim();
            navigation.NavigateTo(url.With(Filter with { Text = lastSearched }).ToString(), replace: true);
        }
    }

    private void Go(TicketFilter filter) => navigation.NavigateTo(url.With(filter).ToString());

    private void GoToLanes(string? word) =>
        navigation.NavigateTo((url with { Lanes = Snake.TryParse<BoardLaneKind>(word, out var lanes) ? lanes : null }).ToString());

    private void GoToColumn(TicketStatus status) =>
        navigation.NavigateTo((url with { Column = status, ShowsArchived = url.ShowsArchived || status == TicketStatus.Archived }).ToString(), replace: true);

    private Task ShowMoreAsync(TicketStatus status)
    {
        cards[status] = cards.GetValueOrDefault(status, BoardQueries.CardsPerColumn) + BoardQueries.CardsPerColumn;
        return LoadAsync();
    }

    private async Task OpenMenuAsync(BoardTicket card)
    {
        await Freeze();
        await (sheet?.OpenAsync(card) ?? Task.CompletedTask);
    }

    private Task OpenLimitAsync(BoardColumn column) => limitDialog?.OpenAsync(column) ?? Task.CompletedTask;

    private async Task MoveAsync((BoardTicket Card, TicketStatus To) asked)
    {
        await moving.WaitAsync(load.Gone);
        try
        {
            // Two quick moves of one card: the second begins where the first has ended.
            if (view?.Find(asked.Card.Id) is not { } card || card.Status == asked.To)
            {
                return;
            }

            (note, var before) = (null, view);
            view = view.WithMoved(card, asked.To);
            StateHasChanged();
            var isMoved = await moves.MoveAsync(actor!, card, asked.To, () => InvokeAsync(RefreshWithoutNoteAsync));
            note = isMoved && asked.To is TicketStatus.WaitingParts or TicketStatus.Completed && actor!.Can(Permissions.CommentTickets)
                ? (card, asked.To)
                : null;
            view = isMoved ? view : before;
            await load.RefreshAsync();
        }
        finally
        {
            moving.Release();
            StateHasChanged();
        }
    }

    private Task RefreshWithoutNoteAsync()
    {
        note = null;
        return RefreshAsync();
    }

    private async Task KeepNoteAsync((BoardTicket Card, TicketStatus Status) asked, string words)
    {
        if (await moves.NoteAsync(actor!, asked.Card, asked.Status, words))
        {
            note = null;
        }
    }
}
