using MaintenanceApp.Notifications;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Operations;

/// <summary>Section <c>Retention</c>: how long history is kept. Durations are read as <c>[days.]hh:mm:ss</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>Bodies and headers of requests and answers; the rows around them stay.</summary>
    public TimeSpan Bodies { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Notifications with their attempts, scan runs, read notices: thirteen months.</summary>
    public TimeSpan Rows { get; set; } = TimeSpan.FromDays(396);

    /// <summary>Tickets in the trash, with all they have, and files taken off a ticket.</summary>
    public TimeSpan Trash { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>What the configuration may not say.</summary>
internal sealed class RetentionRule(IOptions<NotifierOptions> notifier) : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options) => options switch
    {
        _ when options.Bodies < TimeSpan.FromDays(1) => ValidateOptionsResult.Fail("Retention:Bodies must be at least a day."),
        _ when options.Rows < options.Bodies => ValidateOptionsResult.Fail("Retention:Rows must not be shorter than Retention:Bodies."),
        _ when options.Rows <= notifier.Value.RepeatAfter => ValidateOptionsResult.Fail(
            "Retention:Rows must be longer than Notifier:RepeatAfter: a row that is gone silences nothing."),
        _ when options.Trash < TimeSpan.FromDays(1) => ValidateOptionsResult.Fail("Retention:Trash must be at least a day: what was thrown away by mistake must be found again."),
        _ when options.Trash > TimeSpan.FromDays(36_500) => ValidateOptionsResult.Fail("Retention:Trash must be at most a hundred years."),
        _ when options.Rows > TimeSpan.FromDays(36_500) => ValidateOptionsResult.Fail("Retention:Rows must be at most a hundred years."),
        _ => ValidateOptionsResult.Success,
    };
}

/// <summary>Retention: settings, the purge and its catch-up.</summary>
internal static class RetentionRegistration
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration("Retention").ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionRule>();
        services.AddSingleton<PurgeHistory>();
        services.AddHostedService<PurgeCatchUp>();
        return services;
    }
}
