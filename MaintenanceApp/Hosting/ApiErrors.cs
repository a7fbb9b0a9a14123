using System.Text.RegularExpressions;
using MaintenanceApp.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Hosting;

/// <summary>
/// Turns every refusal under <c>/api</c> into <c>{"error": "…"}</c>: 400 for what cannot be read, 403, 409, and 500
/// without details for what nobody foresaw. What nobody foresaw, under <c>/api</c> or on a page, is logged with the
/// reference that the answer shows; a refusal is not an error of the application and is not logged as one.
/// </summary>
internal sealed partial class ApiErrors(ILogger<ApiErrors> logger) : IExceptionHandler
{
    /// <summary>How soon to ask again while the database is away.</summary>
    public const string RetryAfterSeconds = "5";

    private const string DatabaseAway = "La base de données ne répond pas, rien n’a été enregistré. Réessayez dans quelques secondes.";

    /// <summary>The status of an error page.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when DatabaseFailure.Is(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The request's own path is that of the error page by now.
        PathString path = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path;
        if (!path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            // The error page is shown for this request: as a POST it would stumble over the same form once more.
            httpContext.Request.Method = HttpMethods.Get;
            if (DatabaseFailure.Is(exception))
            {
                LogAway(path, exception.GetBaseException().Message);
            }
            else if (exception is not BadHttpRequestException)
            {
                LogFailed(path, httpContext.TraceIdentifier, exception);
            }

            return false;
        }

        var (status, message, code) = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (413, "Requête trop volumineuse", "request.too_large"),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (415, "Le corps doit être en JSON (Content-Type: application/json)", "request.media_type"),
            BadHttpRequestException bad => (400, InvalidRequest(bad), "request.invalid"),
            InvalidInputException input => (400, input.Message, "request.invalid"),
            ForbiddenException forbidden => (403, forbidden.Message, "forbidden"),
            RuleException rule => (409, rule.Message, rule.Code),
            _ when DatabaseFailure.Is(exception) => (503, DatabaseAway, "database.away"),
            StaleRecordException or DbUpdateConcurrencyException => (409, new StaleRecordException().Message, "record.stale"),
            _ => (500, "Erreur interne. Réessayez ; si elle persiste, donnez cette référence à l’administrateur : " + httpContext.TraceIdentifier, "internal"),
        };
        if (status == StatusCodes.Status500InternalServerError)
        {
            LogFailed(path, httpContext.TraceIdentifier, exception);
        }
        else if (status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            LogAway(path, exception.GetBaseException().Message);
        }

        await Answer(status, message, code).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The one shape of an error answer.</summary>
    public static IResult Answer(int status, string message, string? code = null) =>
        Results.Json(new ApiError(message, status, code), statusCode: status);

    public static IResult BadRequest(string message) => Answer(StatusCodes.Status400BadRequest, message, "request.invalid");

    public static IResult NotFound(string message) => Answer(StatusCodes.Status404NotFound, message, "not_found");

    private static string InvalidRequest(BadHttpRequestException exception) => exception switch
    {
        { InnerException: System.Text.Json.JsonException } => "JSON invalide",

        // The framework names the parameter in an English sentence.
        _ when ParameterName().Match(exception.Message) is { Success: true } match => $"Paramètre « {match.Groups["name"].Value} » invalide",
        _ => "Requête invalide",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed, reference {Reference}")]
    private partial void LogFailed(string path, string reference, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} answered 503: the database does not answer ({Cause})")]
    private partial void LogAway(string path, string cause);

    [GeneratedRegex("""parameter "[^"]*?(?<name>\w+)" """)]
    private static partial Regex ParameterName();
}

/// <summary>What stands around the routes so that no answer under <c>/api</c> lacks its words.</summary>
internal static class ApiErrorPages
{
    public static void UseApiErrors(this WebApplication app)
    {
        var methods = app.Services.GetRequiredService<ApiMethods>();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            api =>
            {
                api.UseStatusCodePages(context => ApiErrors.Answer(
                    context.HttpContext.Response.StatusCode, Words(context.HttpContext)).ExecuteAsync(context.HttpContext));
                api.Use((context, next) => HasNul(context.Request)
                    ? ApiErrors.BadRequest("Caractère nul interdit").ExecuteAsync(context)
                    : next(context));
                api.Use(methods.InvokeAsync);
            });
    }

    // The server itself refuses one in the path.
    private static bool HasNul(HttpRequest request) => request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true;

    // The endpoint that answers 415 in place of the right one no longer knows what that one takes.
    private static bool TakesBytes(PathString path) => path.Value?.Contains("/files", StringComparison.OrdinalIgnoreCase) == true;

    private static string Words(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => "Authentification requise",
        StatusCodes.Status403Forbidden => "Votre rôle ne permet pas cette action",
        StatusCodes.Status404NotFound => "Adresse inconnue",
        StatusCodes.Status405MethodNotAllowed => "Méthode non permise à cette adresse",
        StatusCodes.Status415UnsupportedMediaType when TakesBytes(context.Request.Path) => "Le corps doit être le fichier lui-même (Content-Type: application/octet-stream)",
        StatusCodes.Status415UnsupportedMediaType => "Le corps doit être en JSON (Content-Type: application/json)",
        _ => "Requête refusée",
    };
}

/// <summary>An error answer of a route.</summary>
/// <param name="Error">In words, French by default.</param>
/// <param name="Status">The HTTP status again.</param>
/// <param name="Code">Stable and language-free.</param>
public sealed record ApiError(string Error, int Status, string? Code);
