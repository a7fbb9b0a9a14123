using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Overdue;
using MaintenanceApp.Users;

namespace MaintenanceApp.Operations;

/// <summary>Runs, pauses and resumes jobs for a person. The scan goes through its own runs, so that two clicks are one.</summary>
public sealed class ControlJobs(JobControl jobs, ScanRuns runs)
{
    /// <exception cref="ForbiddenException">The actor may not run scans, or for other jobs not manage operations.</exception>
    public async Task RunNowAsync(Actor actor, string job, CancellationToken cancellationToken)
    {
        actor.Require(job == JobNames.ScanOverdue ? Permissions.RunScans : Permissions.ManageOperations);
        if (job == JobNames.ScanOverdue)
        {
            await runs.RequestAsync(ScanTrigger.Manual, actor.UserId, cancellationToken);
        }
        else
        {
            await jobs.StartNowAsync(job, cancellationToken);
        }
    }

    /// <exception cref="ForbiddenException">The actor may not manage operations.</exception>
    public Task SetPausedAsync(Actor actor, string job, bool paused, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOperations);
        return paused ? jobs.PauseAsync(job, cancellationToken) : jobs.ResumeAsync(job, cancellationToken);
    }
}
