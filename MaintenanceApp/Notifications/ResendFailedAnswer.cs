using System.ComponentModel.DataAnnotations;

namespace MaintenanceApp.Notifications;

/// <summary>The body of <c>POST /api/webhooks/notifications/resend-failed</c>.</summary>
/// <param name="Since">A local day (<c>yyyy-MM-dd</c>) or an instant in ISO 8601 with Z or an offset.</param>
/// <param name="Force">Also tickets that no longer qualify, or were notified within the repeat time.</param>
public sealed record ResendFailedRequest([property: Required(ErrorMessage = "Champ « since » requis")] string? Since, bool Force = false);

/// <summary>What goes out and what does not, by cause. Follow it with the batch id in <c>run_id</c> of the notifications.</summary>
public sealed record ResendFailedAnswer(string Message, string? BatchId, int Queued, int SkippedTotal, IReadOnlyDictionary<string, int> Skipped);
