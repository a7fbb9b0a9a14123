using System.Globalization;
using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Components;

/// <summary>The services of the screens on a clock that stands still, in one language, for one test.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    /// <param name="now">UTC; default Wednesday 12 November 2025, 14 h 32 in Toronto.</param>
    public Screen(string language = "fr-CA", DateTime? now = null)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Clock = new FakeClock(now ?? new DateTime(2025, 11, 12, 19, 32, 0, DateTimeKind.Utc));
        Context.JSInterop.Mode = JSRuntimeMode.Loose;
        Context.Services.AddSingleton<TimeProvider>(Clock);
        Context.Services.AddSingleton<SiteClock>();
        Context.Services.AddSingleton<SiteName>();
        Context.Services.AddSingleton<DurationText>();
        Context.Services.AddSingleton<InstantText>();
        Context.Services.AddSingleton<LatenessText>();
        Context.Services.AddScoped<ToastMessages>();
        Context.Services.AddScoped<EventFailures>();
        Context.Services.AddLocalization();
        Context.Services.AddLogging();
        Context.Services.AddOptions<SiteOptions>();
    }

    public BunitContext Context { get; } = new();

    public FakeClock Clock { get; }

    public T Service<T>()
        where T : notnull => Context.Services.GetRequiredService<T>();

    /// <summary>An instant from a date and time at the site.</summary>
    public DateTime At(string local) => Service<SiteClock>().ToUtc(DateTime.Parse(local, CultureInfo.InvariantCulture));

    /// <summary>No-break spaces as plain ones, so that expectations can be typed.</summary>
    public static string Plain(string text) => text.Replace('\u00a0', ' ');

    public async ValueTask DisposeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        await Context.DisposeAsync();
    }
}
