using System.Diagnostics;
using MaintenanceApp.Hosting;

namespace MaintenanceApp.Notifications;

/// <summary>
/// One trace from the scan to every attempt it led to, also hours later and in another process: the outbox row carries the
/// scan's <c>traceparent</c> (W3C Trace Context). Nothing is made where nobody listens.
/// </summary>
public static class NotifierActivities
{
    private static readonly ActivitySource Source = new(Telemetry.Notifier);

    /// <param name="runId">The row of <c>scan_runs</c>.</param>
    public static Activity? StartScan(string runId) => Source.StartActivity("scan overdue")?.SetTag("maintenance.run.id", runId);

    /// <summary>An HTTP client's span by OpenTelemetry's conventions, without the URL: its path is a secret.</summary>
    public static Activity? StartAttempt(Claim claim, WebhookRequest request)
    {
        var parent = ActivityContext.TryParse(claim.Notification.TraceParent, null, isRemote: true, out var scan) ? scan : default;
        return Source.StartActivity("POST webhook", ActivityKind.Client, parent)?
            .SetTag("http.request.method", "POST")
            .SetTag("server.address", new Uri(request.Url).Host)
            .SetTag("maintenance.notification.id", claim.Notification.Id)
            .SetTag("http.request.resend_count", claim.Attempt.Number - 1);
    }

    public static void End(Activity? attempt, AttemptResult result)
    {
        attempt?.SetTag("maintenance.attempt.outcome", Data.Snake.Of(result.Outcome));
        if (result.Status is { } status)
        {
            attempt?.SetTag("http.response.status_code", status);
        }

        if (result.Outcome is not (AttemptOutcome.Accepted or AttemptOutcome.Cancelled))
        {
            attempt?.SetStatus(ActivityStatusCode.Error);
        }
    }
}
