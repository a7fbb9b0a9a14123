using System.Threading.RateLimiting;
using MaintenanceApp.Hosting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets.Files;

/// <summary>So many uploads at once, a queue behind them, and for the rest "come again": memory and disk stay bounded.</summary>
internal sealed class UploadLimit(IOptions<FileStorageOptions> options) : IRateLimiterPolicy<string>
{
    public const string Policy = "uploads";

    private const int WaitingForEach = 4;
    private const string RetryAfterSeconds = "5";

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } = async (context, _) =>
    {
        context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        await ApiErrors.Answer(StatusCodes.Status429TooManyRequests, "Beaucoup de fichiers arrivent en ce moment. Réessayez dans quelques secondes.", "rate_limited")
            .ExecuteAsync(context.HttpContext);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetConcurrencyLimiter(Policy, _ => new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.MaxUploads,
        QueueLimit = options.Value.MaxUploads * WaitingForEach,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
