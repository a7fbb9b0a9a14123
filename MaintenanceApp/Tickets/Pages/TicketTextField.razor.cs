using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>
/// Remembers the ticket as it was when typing began, so that only this text is saved and a change by somebody else is
/// noticed. A long text is also kept in the browser and comes back after a restart.
/// </summary>
public sealed partial class TicketTextField
{
    private ElementReference box;
    private TicketDetail? seen;
    private TextDraft? draft;
    private string typed = "";
    private string? error;
    private bool hasJustOpened;
    private string draftKey = "";

    [Parameter, EditorRequired]
    public required TicketSession Session { get; set; }

    [Parameter, EditorRequired]
    public required TicketArea Area { get; set; }

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Reads the text of a ticket.</summary>
    [Parameter, EditorRequired]
    public required Func<TicketDetail, string> Value { get; set; }

    /// <summary>The ticket with another text, for a draft that began from it.</summary>
    [Parameter]
    public Func<TicketDetail, string, TicketDetail>? With { get; set; }

    /// <summary>Saves the typed text over the ticket as it was seen.</summary>
    [Parameter, EditorRequired]
    public required Func<TicketDetail, string, Task<bool>> Save { get; set; }

    /// <summary>How it looks while nobody types; given what opens the box.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<Func<Task>> View { get; set; }

    [Parameter]
    public int MinLength { get; set; }

    [Parameter, EditorRequired]
    public required int MaxLength { get; set; }

    /// <summary>The key of the sentence for a text below <see cref="MinLength"/>.</summary>
    [Parameter]
    public string TooShort { get; set; } = "TitleTooShort";

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>Several lines: Enter makes a new one, Ctrl + Enter saves.</summary>
    [Parameter]
    public bool IsLong { get; set; }

    private string Current => Value(Session.Detail!);

    public bool IsOpen => seen is not null;

    /// <summary>Opens the box with the text as it is.</summary>
    public Task BeginAsync()
    {
        Open(Session.Detail!, Current);
        StateHasChanged();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        Session.StopTyping(this);
        await (draft?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    // Of the ticket this box belongs to: an answer that comes late must not clear the draft of the next one.
    protected override void OnInitialized() => draftKey = TextDraft.OfDescription(Session.Ticket.Id, Session.Actor);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && IsLong && Session.MayEdit)
        {
            draft = new TextDraft(Browser, Assets["js/draft.js"]);
            if (await draft.ReadAsync(draftKey) is { From: { } from } kept && kept.Text != Current)
            {
                Restore(kept.Text, from);
                StateHasChanged();
            }
        }

        if (hasJustOpened && seen is { } began)
        {
            hasJustOpened = false;

            // The browser may answer late: by then the text may be saved and the box gone.
            await (draft?.KeepAsync(box, draftKey, Value(began)) ?? Task.CompletedTask);
            await FocusAsync();
        }
    }

    private async Task FocusAsync()
    {
        try
        {
            await box.FocusAsync();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException or InvalidOperationException)
        {
            // The box is gone, or the browser: there is nothing to focus.
        }
    }

    // The text it began from is no longer the ticket's: saving must notice, so it counts as seen before that change.
    private void Restore(string text, string from)
    {
        var now = Session.Detail!;
        var before = With?.Invoke(now, from) ?? now;
        Open(from == Current ? now : before with { Ticket = before.Ticket with { Version = now.Ticket.Version - 1 } }, text);
    }

    private void Open(TicketDetail ticket, string text)
    {
        (seen, typed, error, hasJustOpened) = (ticket, text, null, true);
        Session.StartTyping(this);
    }

    private async Task CancelAsync()
    {
        await CloseAsync();
        Session.DismissConflict();
    }

    private async Task SaveAsync()
    {
        error = typed.Trim().Length < MinLength ? L[TooShort, MinLength].Value : null;
        if (error is not null || seen is null)
        {
            return;
        }

        // Asked again after a conflict: mine over theirs, as shown.
        var over = Session.Conflict?.Area == Area ? Session.Detail! : seen;
        if (await Save(over, typed))
        {
            await CloseAsync();
        }
    }

    private async Task CloseAsync()
    {
        seen = null;
        Session.StopTyping(this);
        await (draft?.ClearAsync(draftKey) ?? Task.CompletedTask);
    }

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Escape" ? CancelAsync() : Task.CompletedTask;
}
