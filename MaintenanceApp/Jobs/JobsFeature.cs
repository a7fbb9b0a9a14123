using Hangfire;
using Hangfire.AspNetCore;

namespace MaintenanceApp.Jobs;

/// <summary>Hangfire: storage, server, schedule. Which jobs there are is in <see cref="JobList"/>.</summary>
public static class JobsFeature
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobList>();

        // Before AddHangfire, which would put its static ones here: several hosts may live in one process.
        services.AddSingleton<JobStorage, CurrentJobStorage>();
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddHangfire((provider, hangfire) => hangfire
            .UseLogProvider(new JobLogs(provider.GetRequiredService<ILoggerFactory>()))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());

        // On first use, not when whoever may need it is made: a command opens no job file.
        services.AddSingleton(provider => new Lazy<IBackgroundJobClient>(provider.GetRequiredService<IBackgroundJobClient>));
        services.AddSingleton(provider => new Lazy<IRecurringJobManager>(provider.GetRequiredService<IRecurringJobManager>));
        services.AddSingleton(new JobServerSwitch(IsOn: true));
        services.AddSingleton<JobServer>();
        services.AddHostedService(provider => provider.GetRequiredService<JobServer>());
        services.AddSingleton<JobSchedule>();
        services.AddSingleton<JobControl>();
        services.AddSingleton<JobPauses>();
        services.AddScoped<JobRuns>();
        services.AddSingleton<JobQueries>();
        return services;
    }
}
