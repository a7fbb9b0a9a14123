using Hangfire.AspNetCore;
using Hangfire.Logging;

namespace MaintenanceApp.Jobs;

/// <summary>
/// Hangfire's log lines in ours. Hangfire keeps one provider for the whole process, and asks it for new loggers also when
/// the host that gave it is gone and another still runs.
/// </summary>
internal sealed class JobLogs(ILoggerFactory logs) : ILogProvider
{
    private readonly AspNetCoreLogProvider inner = new(logs);

    public ILog GetLogger(string name)
    {
        try
        {
            return inner.GetLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return new Silent();
        }
    }

    private sealed class Silent : ILog
    {
        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }
}
