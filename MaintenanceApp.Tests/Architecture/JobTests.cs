using Quartz;

namespace MaintenanceApp.Tests.Architecture;

public sealed class JobTests
{
    [Fact]
    public void Every_job_is_on_the_schedule()
    {
        var jobs = typeof(Program).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IJob)));
        var schedule = Sources.App.FirstOrDefault(file => file.Path == "MaintenanceApp/Jobs/JobSchedule.cs")?.Code ?? "";

        jobs.Select(job => job.Name).Where(name => !schedule.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty("Jobs/JobSchedule.cs lists every job");
    }

    [Fact]
    public void No_job_runs_twice_at_once() => typeof(Program).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IJob)))
        .Where(type => !type.IsDefined(typeof(DisallowConcurrentExecutionAttribute), inherit: true))
        .Select(type => type.Name)
        .ShouldBeEmpty();
}
