using System.Globalization;
using MaintenanceApp.Components;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>One notice as the page shows it.</summary>
/// <param name="Icon">Of its kind.</param>
/// <param name="Look">A class: late, warn or done.</param>
/// <param name="Title">The sentence.</param>
/// <param name="Text">What to do, or where it came from.</param>
/// <param name="Href">Where to see more; null = nowhere.</param>
/// <param name="Link">The words of that link.</param>
public sealed record NoticeSentence(string Icon, string Look, string Title, string? Text, string? Href = null, string? Link = null);

/// <summary>What administrators are told, in sentences.</summary>
public sealed class NoticeWords(IStringLocalizer<NotificationTexts> texts, NotificationWords words, EndpointWords endpoint, DurationText durations)
{
    /// <param name="notice">Any.</param>
    /// <param name="isOver">Of an outage: the receiver answers again, so nothing waits because of it.</param>
    public NoticeSentence Of(AdminNotice notice, bool isOver = false)
    {
        var detail = NoticeDetail.Parse(notice.Detail);
        var host = Uri.TryCreate(detail.Where, UriKind.Absolute, out var uri) ? uri.Host : detail.Where;
        return notice.Kind switch
        {
            NoticeKind.ReceiverDown => new(
                "alert-triangle", "warn", texts[$"NoticeDown{Number(notice.Waiting)}", host, endpoint.Since(notice.Since ?? notice.CreatedAt), notice.Waiting ?? 0], Cause(detail), isOver ? null : NotificationListUrl.Path + "?view=waiting", texts["NoticeSeeWaiting"]),
            NoticeKind.ReceiverRecovered => Recovered(notice, host),
            NoticeKind.EndpointGone => new("ban", "late", texts["NoticeGone", host], texts["NoticeGoneText"], NotificationListUrl.Path, texts["SeeHistory"]),
            NoticeKind.EndpointRefuses => new(
                "x", "late", texts["NoticeRefuses", host], string.Join(' ', new[] { Cause(detail), texts["NoticeRefusesText"].Value }.Where(part => part is not null)), NotificationListUrl.Path, texts["SeeHistory"]),
            NoticeKind.CronSecretRefused => new(
                "shield-lock", "warn", texts.Count("NoticeCronOne", "NoticeCronMany", notice.Count), notice.Detail is { Length: > 0 } address ? texts["NoticeCronFrom", address] : texts["NoticeCronFromMany"]),
            NoticeKind.ClockJumped => Clock(notice),
            NoticeKind.SecretUnreadable => new("key", "late", texts["NoticeSecretUnreadable"], texts["NoticeSecretUnreadableText"], "/settings/notifications", texts["NoticeSeeSettings"]),
            NoticeKind.TicketErased => Erased(notice, erasure => texts["NoticeTicketErased", erasure.Who, erasure.Number]),
            NoticeKind.CannotBePrepared => Aside(notice),
            NoticeKind.JobsReplaced => new("database", "warn", texts["NoticeJobsReplaced"], texts["NoticeJobsReplacedText"], "/ops", texts["NoticeSeeOps"]),
            NoticeKind.JobsInMemory => new("database", "warn", texts["NoticeJobsInMemory"], texts["NoticeJobsInMemoryText"], "/ops", texts["NoticeSeeOps"]),
            NoticeKind.JobsSteppedAround => new("database", "warn", texts.Count("NoticeJobsAroundOne", "NoticeJobsAroundMany", notice.Count), texts["NoticeJobsAroundText"], "/ops", texts["NoticeSeeOps"]),
            NoticeKind.TrashEmptied => Erased(notice, erasure => texts[notice.Count == 1 ? "NoticeTrashEmptiedOne" : "NoticeTrashEmptiedMany", erasure.Who, notice.Count]),
        };
    }

    private NoticeSentence Recovered(AdminNotice notice, string host)
    {
        var outage = new Outage(notice.Since ?? notice.CreatedAt, notice.CreatedAt);
        return new(
            "circle-check", "done", texts[$"NoticeRecovered{Number(notice.Waiting)}", host, durations.Of(outage.Duration), notice.Waiting ?? 0],
            texts["NoticeFromTo", endpoint.Since(outage.From), endpoint.Since(outage.To)],
            outage.Duration > TimeSpan.Zero ? new NotificationListUrl { Outage = outage }.ToString() : null, texts["NoticeSeeOutage"]);
    }

    private NoticeSentence Erased(AdminNotice notice, Func<ErasureDetail, string> title) =>
        new("trash", "warn", title(ErasureDetail.Parse(notice.Detail)), texts["NoticeErasedText"]);

    private NoticeSentence Aside(AdminNotice notice) => new(
        "alert-triangle",
        "late",
        texts.Count("NoticeAsideOne", "NoticeAsideMany", notice.Count),
        texts["NoticeAsideText", StepAside.Most],
        notice.Count == 1 && int.TryParse(notice.Detail, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? NotificationListUrl.Of(id) : NotificationListUrl.Path + "?view=waiting",
        texts[notice.Count == 1 ? "NoticeSeeAside" : "NoticeSeeWaiting"]);

    private NoticeSentence Clock(AdminNotice notice)
    {
        var title = TimeSpan.TryParse((notice.Detail ?? "").TrimStart('+'), CultureInfo.InvariantCulture, out var jump)
            ? texts[jump < TimeSpan.Zero ? "NoticeClockBack" : "NoticeClockForward", durations.Of(jump)]
            : texts["NoticeClock"];
        return new("clock", "warn", title, notice.Since is { } before ? texts["NoticeClockText", endpoint.Since(before)].Value : null);
    }

    /// <summary>The end of the key: with how many wait, or without where none do.</summary>
    private static string Number(int? waiting) => waiting switch
    {
        null or 0 => "None",
        1 => "One",
        _ => "Many",
    };

    private string? Cause(NoticeDetail detail) => detail.Outcome is { } outcome ? words.Explain(outcome, detail.Status) : null;
}
