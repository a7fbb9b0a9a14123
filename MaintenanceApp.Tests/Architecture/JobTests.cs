using Hangfire;
using MaintenanceApp.Jobs;

namespace MaintenanceApp.Tests.Architecture;

public sealed class JobTests
{
    [Fact]
    public void Every_job_can_be_called_by_its_name_and_is_named_after_it() =>
        JobList.Names.Select(name => JobList.NameOf(JobList.CallOf(name, JobStart.Schedule))).ShouldBe(JobList.Names);

    [Fact]
    public void No_job_is_tried_again_by_Hangfire() => JobList.Names
        .Select(name => JobList.CallOf(name, JobStart.Schedule).Type)
        .Where(type => type.GetCustomAttributes(typeof(AutomaticRetryAttribute), inherit: true) is not [AutomaticRetryAttribute { Attempts: 0 }])
        .ShouldBeEmpty("the next interval and the outbox's own retries are enough");
}
