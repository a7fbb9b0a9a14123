namespace MaintenanceApp.Hosting;

/// <summary>An answer that is only a sentence.</summary>
public sealed record MessageAnswer(string Message);

/// <summary>What the OpenAPI document shows of a route.</summary>
/// <param name="Request">An example body; null = none.</param>
/// <param name="Answer">An example of the successful answer; null = none.</param>
public sealed record RouteExamples(object? Request, object? Answer);

/// <summary>Describes routes for the OpenAPI document.</summary>
public static class RouteDescriptions
{
    public static RouteHandlerBuilder WithExamples(this RouteHandlerBuilder route, object? request = null, object? answer = null) =>
        route.WithMetadata(new RouteExamples(request, answer));

    /// <summary>The successful answer and the statuses of <see cref="ApiError"/> it may also give.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, int status, params int[] errors)
    {
        route.Produces<T>(status);
        foreach (var error in errors)
        {
            route.Produces<ApiError>(error);
        }

        return route;
    }
}
