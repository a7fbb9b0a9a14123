using MaintenanceApp.Notifications;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>What the thread shows.</summary>
public enum ThreadPart
{
    Everything,
    Comments,
    Changes,
    Notifications,
}

/// <summary>One entry of the thread: a comment, a change or a notification.</summary>
/// <param name="Key">Stable over reloads.</param>
/// <param name="At">UTC.</param>
/// <param name="Comment">Or null.</param>
/// <param name="Change">Or null.</param>
/// <param name="Send">Or null.</param>
public sealed record ThreadEntry(string Key, DateTime At, TicketCommentRow? Comment = null, TimelineRow? Change = null, NotificationRow? Send = null);

/// <summary>The merged history of a ticket and the draft of the next comment.</summary>
public sealed partial class TicketThread
{
    private ThreadPart shown;
    private string draft = "";

    [Parameter, EditorRequired]
    public required TicketSession Session { get; set; }

    private List<ThreadEntry> Entries(ThreadPart part)
    {
        var detail = Session.Detail!;
        var comments = detail.Comments.Select(comment => new ThreadEntry($"comment-{comment.Id}", comment.CreatedAt, Comment: comment));
        var changes = detail.Timeline.Select(change => new ThreadEntry($"change-{change.Id}", change.At, Change: change));
        var sends = Session.Sends.Select(send => new ThreadEntry($"send-{send.Id}", send.At, Send: send));
        var wanted = part switch
        {
            ThreadPart.Everything => comments.Concat(changes).Concat(sends),
            ThreadPart.Comments => comments,
            ThreadPart.Changes => changes,
            ThreadPart.Notifications => sends,
        };

        // Rows written in the same second: the later id is the newer.
        return [.. wanted.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Change?.Id ?? entry.Comment?.Id ?? entry.Send?.Id)];
    }

    private async Task SendAsync()
    {
        if (!string.IsNullOrWhiteSpace(draft) && await Session.CommentAsync(draft))
        {
            draft = "";
        }
    }

    private Task KeyAsync(KeyboardEventArgs key) => key is { Key: "Enter" } && (key.CtrlKey || key.MetaKey) ? SendAsync() : Task.CompletedTask;
}
