using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>« Supprimer pour de bon ? » about one ticket or the whole trash.</summary>
public sealed partial class EraseDialog(TrashQueries trash, EraseTicket eraseTicket, EmptyTrash emptyTrash, TicketErrors errors, ToastMessages toasts, IJSRuntime browser)
{
    private ElementReference element;
    private TrashContents? contents;
    private TrashedTicketRow? ticket;
    private Actor? actor;
    private string? typed;
    private bool isErasing;

    /// <summary>After it was tried, whatever came of it.</summary>
    [Parameter]
    public EventCallback OnErased { get; set; }

    /// <summary>What must be typed; the whole number of the ticket counts too.</summary>
    private string Word => ticket is null ? contents!.Tickets.ToString(CultureInfo.InvariantCulture) : TicketUrl.Tail(ticket.TicketId);

    private bool IsTyped => typed?.Trim() is { } word
        && (word.Equals(Word, StringComparison.OrdinalIgnoreCase) || word.Equals(ticket?.TicketId, StringComparison.OrdinalIgnoreCase));

    /// <param name="asking">Who.</param>
    /// <param name="row">As the person sees it; changed since, it is not deleted.</param>
    public Task AskAsync(Actor asking, TrashedTicketRow row) => OpenAsync(asking, row);

    public Task AskAboutAllAsync(Actor asking) => OpenAsync(asking, null);

    private async Task OpenAsync(Actor asking, TrashedTicketRow? row)
    {
        (actor, ticket, typed, isErasing) = (asking, row, null, false);
        contents = await trash.ContentsAsync(row?.Id, CancellationToken.None);
        if (contents.Tickets == 0)
        {
            // Restored, or already deleted, while somebody looked at an older list.
            contents = null;
            toasts.Show(row is null ? L["TrashEmpty"] : L["Rule.ticket.not_in_trash"]);
            await OnErased.InvokeAsync();
            return;
        }

        StateHasChanged();
        await Task.Yield();
        await browser.InvokeVoidAsync("maintenance.openDialog", element);
    }

    private async Task SubmitAsync()
    {
        if (contents is not { } seen || !IsTyped || isErasing)
        {
            return;
        }

        isErasing = true;
        StateHasChanged();
        try
        {
            toasts.Show(ticket is null
                ? L.Count("DoneErasedOne", "DoneErasedMany", await emptyTrash.ExecuteAsync(actor!, seen, CancellationToken.None))
                : await eraseTicket.ExecuteAsync(actor!, ticket.Id, ticket.Version, CancellationToken.None) ? L["DoneErased", ticket.TicketId] : L["GoneMeanwhile"]);
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            toasts.Show(errors.Sentence(exception));
        }

        await CloseAsync();
        await OnErased.InvokeAsync();
    }

    private async Task CloseAsync()
    {
        contents = null;
        await browser.InvokeVoidAsync("maintenance.closeDialog", element);
    }
}
