using MaintenanceApp.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Hosting;

/// <summary>
/// Turns every refusal under <c>/api</c> into <c>{"error": "…"}</c>: 400 for what cannot be read, 403, 409, and 500
/// without details for what nobody foresaw.
/// </summary>
internal sealed class ApiErrors : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!httpContext.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
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
            StaleRecordException or DbUpdateConcurrencyException => (409, new StaleRecordException().Message, "record.stale"),
            _ => (500, "Erreur interne. Réessayez ; si elle persiste, donnez cette référence à l’administrateur : " + httpContext.TraceIdentifier, "internal"),
        };
        await Answer(status, message, code).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The one shape of an error answer.</summary>
    public static IResult Answer(int status, string message, string? code = null) =>
        Results.Json(new ApiError(message, status, code), statusCode: status);

    public static IResult BadRequest(string message) => Answer(StatusCodes.Status400BadRequest, message, "request.invalid");

    public static IResult NotFound(string message) => Answer(StatusCodes.Status404NotFound, message, "not_found");

    private static string InvalidRequest(BadHttpRequestException exception) => exception.InnerException is System.Text.Json.JsonException json
        ? $"JSON invalide{(json.Path is { Length: > 1 } path ? $" ({path})" : "")}"
        : "Requête invalide";
}

/// <summary>An error answer of a route.</summary>
/// <param name="Error">In words, French by default.</param>
/// <param name="Status">The HTTP status again.</param>
/// <param name="Code">Stable and language-free.</param>
public sealed record ApiError(string Error, int Status, string? Code);
