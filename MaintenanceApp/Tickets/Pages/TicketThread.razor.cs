using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>What the thread shows.</summary>
public enum ThreadPart
{
    Everything,
    Comments,
    Changes,
    Notifications,
    Files,
}

/// <summary>One entry of the thread: a comment, a change, a notification or a file.</summary>
/// <param name="Key">Stable over reloads.</param>
/// <param name="At">UTC.</param>
/// <param name="Comment">Or null.</param>
/// <param name="Change">Or null.</param>
/// <param name="Send">Or null.</param>
/// <param name="File">Or null.</param>
public sealed record ThreadEntry(
    string Key, DateTime At, TicketCommentRow? Comment = null, TimelineRow? Change = null, NotificationRow? Send = null, TicketFileRow? File = null)
{
    /// <summary>Of rows of one kind written in the same second the later id is the newer.</summary>
    public int? Id => Change?.Id ?? Comment?.Id ?? Send?.Id ?? File?.Id;
}

/// <summary>The merged history of a ticket.</summary>
public sealed partial class TicketThread
{
    private ThreadPart shown;

    [Parameter, EditorRequired]
    public required TicketSession Session { get; set; }

    /// <summary>Who can be mentioned.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<PersonRow> People { get; set; }

    private List<ThreadEntry> Entries(ThreadPart part)
    {
        var detail = Session.Detail!;
        var comments = detail.Comments.Select(comment => new ThreadEntry($"comment-{comment.Id}", comment.CreatedAt, Comment: comment));
        var changes = detail.Timeline.Select(change => new ThreadEntry($"change-{change.Id}", change.At, Change: change));
        var sends = Session.Sends.Select(send => new ThreadEntry($"send-{send.Id}", send.At, Send: send));
        var files = detail.Files.Select(file => new ThreadEntry($"file-{file.Id}", file.CreatedAt, File: file));
        var wanted = part switch
        {
            ThreadPart.Everything => comments.Concat(changes).Concat(sends).Concat(files),
            ThreadPart.Comments => comments,
            ThreadPart.Changes => changes,
            ThreadPart.Notifications => sends,
            ThreadPart.Files => files,
        };

        // Of each kind the newest so many were read, so the newest so many of all are complete.
        return [.. wanted.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(Session.Entries)];
    }

    private int Count(ThreadPart part) => part switch
    {
        ThreadPart.Everything => Session.Detail!.CommentCount + Session.Detail.ChangeCount + Session.Sends.Count + Session.Detail.Files.Count,
        ThreadPart.Comments => Session.Detail!.CommentCount,
        ThreadPart.Changes => Session.Detail!.ChangeCount,
        ThreadPart.Notifications => Session.Sends.Count,
        ThreadPart.Files => Session.Detail!.Files.Count,
    };
}
