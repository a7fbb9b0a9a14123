using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Pages.Listing;

public sealed partial class TicketPanel
{
    private const int Entries = 6;

    private string? opened;
    private int shownRevision;
    private string draft = "";
    private bool hasFailed;

    /// <summary>Its <see cref="TicketListUrl.Open"/> names the ticket.</summary>
    [Parameter, EditorRequired]
    public required TicketListUrl Url { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<MachineRow> Machines { get; set; }

    /// <summary>Grows when something changed: the ticket is read again.</summary>
    [Parameter]
    public int Revision { get; set; }

    [Parameter]
    public EventCallback<(TicketRow Row, ListChange Change)> OnAsk { get; set; }

    private MachineRow? Machine => Machines.FirstOrDefault(machine => machine.Id == Session.Ticket.MachineId);

    private string SendsInWords
    {
        get
        {
            var (accepted, failed) = (Session.Sends.Count(send => send.Status == NotificationStatus.Delivered), Session.Sends.Count(send => send.Status == NotificationStatus.Dead));
            var words = T.Count("SendAcceptedOne", "SendAcceptedMany", accepted);
            return failed == 0 ? words : $"{words}, {T.Count("SendFailedOne", "SendFailedMany", failed)}";
        }
    }

    public void Dispose()
    {
        Session.Changed -= Show;
        Session.Close();
    }

    protected override void OnInitialized() => Session.Changed += Show;

    protected override async Task OnParametersSetAsync()
    {
        if (opened != Url.Open)
        {
            (opened, shownRevision, draft) = (Url.Open, Revision, "");
            await OpenAsync();
        }
        else if (hasFailed)
        {
            await OpenAsync();
        }
        else if (shownRevision != Revision && !Session.IsBusy)
        {
            shownRevision = Revision;
            await Session.RefreshAsync();
        }
    }

    /// <summary>The list beside it must not go when one ticket cannot be read; the next change of the list asks again.</summary>
    private async Task OpenAsync()
    {
        try
        {
            await Session.OpenAsync(opened!, Actor, CancellationToken.None);
            hasFailed = false;
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            hasFailed = true;
        }
    }

    private void Show() => _ = InvokeAsync(StateHasChanged);

    /// <summary>Newest first: comments with the initials of their author, changes and notifications with an icon.</summary>
    private IEnumerable<(string Key, DateTime At, string? Icon, string Look, RenderFragment Content)> Latest()
    {
        var detail = Session.Detail!;
        var comments = detail.Comments.Select(row => ($"comment-{row.Id}", row.CreatedAt, (string?)null, row.UserName, CommentOf(row)));
        var changes = detail.Timeline.Select(row => ($"change-{row.Id}", row.At, (string?)TimelineWords.Icon(row), "", ChangeOf(row)));
        var sends = Session.Sends.Select(row => ($"send-{row.Id}", row.At, (string?)"send", SendWords.Look(row), SendOf(row)));
        return comments.Concat(changes).Concat(sends).OrderByDescending(entry => entry.Item2).Take(Entries);
    }

    private async Task SendAsync()
    {
        if (!string.IsNullOrWhiteSpace(draft) && await Session.CommentAsync(draft))
        {
            draft = "";
        }
    }
}
