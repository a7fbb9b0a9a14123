using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>A half-typed comment belongs to its ticket and its account, and comes back with them.</summary>
public sealed partial class CommentComposer
{
    private ElementReference box;
    private TextDraft? draft;
    private IJSObjectReference? mentions;
    private string text = "";
    private bool isRestored;
    private string key = "";

    [Parameter, EditorRequired]
    public required TicketSession Session { get; set; }

    /// <summary>Who can be mentioned.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<PersonRow> People { get; set; }

    public async ValueTask DisposeAsync()
    {
        await (draft?.DisposeAsync() ?? ValueTask.CompletedTask);
        try
        {
            await (mentions?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    // Of the ticket this box belongs to: an answer that comes late must not touch the draft of the next one.
    protected override void OnInitialized() => key = TextDraft.OfComment(Session.Ticket.Id, Session.Actor);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        draft ??= new TextDraft(Browser, Assets["js/draft.js"]);
        var kept = await draft.ReadAsync(key);
        (text, isRestored) = (kept?.Text ?? "", kept is not null);
        await draft.KeepAsync(box, key);
        mentions ??= await Browser.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/mentions.js"]}");
        await mentions.InvokeVoidAsync("start", box, "mention-list", People.Where(person => person.Id != Session.Actor.UserId).Select(person => person.FullName));
        StateHasChanged();
    }

    private async Task SendAsync()
    {
        if (!string.IsNullOrWhiteSpace(text) && await Session.CommentAsync(text))
        {
            (text, isRestored) = ("", false);
            await (draft?.ClearAsync(key) ?? Task.CompletedTask);
        }
    }
}
