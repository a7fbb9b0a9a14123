using System.Text.RegularExpressions;
using MaintenanceApp.Data;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Hosting;

/// <summary>
/// A start that is refused for a reason an operator can mend (the database is in use, a setting is wrong) ends with that
/// reason on stderr and exit code 1. Everything else keeps its stack trace.
/// </summary>
public static partial class StartErrors
{
    public static void PrintWithoutStackTrace() => AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
    {
        if (failure.ExceptionObject is Exception exception && Reason(exception) is { } reason)
        {
            Console.Error.WriteLine(reason);
            Environment.Exit(1);
        }
    };

    /// <summary>Null when the exception is a fault of the program.</summary>
    public static string? Reason(Exception exception) => exception switch
    {
        DatabaseInUseException or DatabaseNotWritableException => exception.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Select(failure => Wrapped().Match(failure) is { Success: true } match ? match.Groups["reason"].Value : failure)),
        InvalidOperationException { InnerException: FormatException format } when ConfigurationKey().Match(exception.Message) is { Success: true } key => $"{key.Value}: {format.Message}",
        InvalidOperationException when ConfigurationKey().IsMatch(exception.Message) => exception.Message,
        _ => null,
    };

    /// <summary>The validator of data annotations wraps our sentence, which already names the key, in one of its own.</summary>
    [GeneratedRegex(@"^DataAnnotation validation failed for .* with the error: '(?<reason>.*)'\.$", RegexOptions.Singleline)]
    private static partial Regex Wrapped();

    /// <summary><c>Notifier:ScanInterval</c>, as the configuration binder and our own checks write it.</summary>
    [GeneratedRegex(@"\b[A-Z]\w+(:[A-Z0-9]\w*)+")]
    private static partial Regex ConfigurationKey();
}
