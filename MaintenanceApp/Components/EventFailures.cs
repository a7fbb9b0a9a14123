using MaintenanceApp.Data;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Components;

/// <summary>What becomes of an event that the database could not answer. One per circuit.</summary>
public sealed partial class EventFailures(ToastMessages toasts, IStringLocalizer<SharedTexts> texts, ILogger<EventFailures> logger)
{
    /// <summary>For something a person asked for: says that it was not done.</summary>
    /// <returns>False for anything that is not the database's fault.</returns>
    public bool Say(Exception exception)
    {
        var isStopped = Note(exception);
        if (isStopped)
        {
            toasts.Show(texts["DatabaseAway"]);
        }

        return isStopped;
    }

    /// <summary>For something nobody asked for, such as a count read after the page: the log has it.</summary>
    /// <returns>False for anything that is not the database's fault.</returns>
    public bool Note(Exception exception)
    {
        var isStopped = DatabaseFailure.Is(exception);
        if (isStopped)
        {
            LogFailed(logger, exception);
        }

        return isStopped;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database could not answer a page; the page stays as it is")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
