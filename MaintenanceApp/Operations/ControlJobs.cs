using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Overdue;
using MaintenanceApp.Users;

namespace MaintenanceApp.Operations;

/// <summary>Runs, pauses and resumes jobs for a person, and writes down who. The scan goes through its own runs, so that two clicks are one.</summary>
public sealed class ControlJobs(JobControl jobs, ScanRuns runs, AuditLog audit, TimeProvider clock)
{
    /// <exception cref="ForbiddenException">The actor may not run scans, or for other jobs not manage operations.</exception>
    public async Task RunNowAsync(Actor actor, string job, CancellationToken cancellationToken)
    {
        actor.Require(job == JobNames.ScanOverdue ? Permissions.RunScans : Permissions.ManageOperations);
        if (job == JobNames.ScanOverdue)
        {
            await runs.RequestAsync(ScanTrigger.Manual, actor.UserId, cancellationToken);
        }
        else if (await jobs.StartAsync(job, JobStart.OnDemand, cancellationToken) == Enqueued.Failed)
        {
            throw new RuleException("jobs.unavailable", "Hangfire ne répond pas : la tâche n’a pas été lancée.");
        }

        await audit.WriteAsync(actor, AuditAct.JobStarted, job, null, cancellationToken);
    }

    /// <param name="actor">Who.</param>
    /// <param name="job">One of <see cref="JobNames"/> with hours.</param>
    /// <param name="reason">In the person's own words.</param>
    /// <param name="until">UTC; null: until somebody resumes it.</param>
    /// <param name="cancellationToken">Nothing is paused then.</param>
    /// <exception cref="ForbiddenException">The actor may not manage operations.</exception>
    public async Task PauseAsync(Actor actor, string job, string? reason, DateTime? until, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOperations);
        reason = Blank.ToNull(reason)?.Trim();
        reason = reason?[..Math.Min(reason.Length, JobPause.ReasonMaxLength)];
        await jobs.PauseAsync(
            new JobPause { Job = job, PausedAt = clock.GetUtcNow().UtcDateTime, PausedBy = actor.UserId, PausedByName = actor.FullName, Reason = reason, Until = until },
            cancellationToken);
        await audit.WriteAsync(actor, AuditAct.JobPaused, job, reason, cancellationToken);
    }

    /// <exception cref="ForbiddenException">The actor may not manage operations.</exception>
    public async Task ResumeAsync(Actor actor, string job, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOperations);
        await jobs.ResumeAsync(job, cancellationToken);
        await audit.WriteAsync(actor, AuditAct.JobResumed, job, null, cancellationToken);
    }
}
