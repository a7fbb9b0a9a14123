using MaintenanceApp.Components;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>How a notification ended, or what it waits for.</summary>
public enum SendKind
{
    Delivered,

    /// <summary>Tried and not accepted; it is tried again.</summary>
    Retrying,

    Waiting,
    UnderWay,
    GivenUp,
    Cancelled,
}

/// <summary>A notification as one line of a ticket's thread.</summary>
public static class SendWords
{
    public static SendKind Kind(NotificationRow send) => send.Status switch
    {
        NotificationStatus.Delivered => SendKind.Delivered,
        NotificationStatus.Pending => send.AttemptCount > 0 ? SendKind.Retrying : SendKind.Waiting,
        NotificationStatus.Sending => SendKind.UnderWay,
        NotificationStatus.Dead => SendKind.GivenUp,
        NotificationStatus.Cancelled => SendKind.Cancelled,
    };

    /// <summary>The class of its node.</summary>
    public static string Look(NotificationRow send) => Kind(send) switch
    {
        SendKind.Delivered => "ok",
        SendKind.Retrying or SendKind.GivenUp => "bad",
        SendKind.Waiting or SendKind.UnderWay => "wait",
        SendKind.Cancelled => "",
    };

    /// <summary>What follows the first words: the try, the answer, the next try. Empty when there is nothing to add.</summary>
    public static string Facts(IStringLocalizer<TicketTexts> texts, InstantText instants, NotificationRow send, DateTime now)
    {
        var kind = Kind(send);
        var facts = new List<string>();
        if (send.AttemptCount > 1 || kind is SendKind.Retrying)
        {
            facts.Add(texts["SendTry", send.AttemptCount]);
        }

        if (kind is SendKind.Retrying or SendKind.GivenUp && send.AttemptCount > 0)
        {
            facts.Add(send.ResponseStatus is { } status ? texts["SendAnswered", status] : texts["SendNoAnswer"]);
        }

        if (kind is SendKind.Retrying && send.NextAttemptAt is { } next)
        {
            facts.Add(texts["SendNextTry", instants.Compact(next, now)]);
        }

        return facts.Count == 0 ? "" : ", " + string.Join(", ", facts);
    }
}
