using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;

namespace MaintenanceApp.Hosting;

/// <summary>
/// A wrong method at a right address under <c>/api</c> answers 405 with <c>Allow</c> (RFC 9110, section 15.5.6), to everybody. The
/// pages' own catch-all takes GET and POST anywhere: without this, such a call is an unknown address, or a matter of signing in.
/// </summary>
internal sealed class ApiMethods(EndpointDataSource endpoints)
{
    private readonly Lazy<(TemplateMatcher Matcher, IReadOnlyList<string> Methods)[]> routes = new(() =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.OrdinalIgnoreCase) == true)
            .Select(route => (
                new TemplateMatcher(TemplateParser.Parse(route.RoutePattern.RawText!.TrimStart('/')), []),
                route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])),
    ]);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not RouteEndpoint route || route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            var allowed = routes.Value.Where(known => known.Matcher.TryMatch(context.Request.Path, [])).SelectMany(known => known.Methods).Distinct().Order().ToList();
            if (allowed.Count > 0 && !allowed.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers[HeaderNames.Allow] = string.Join(", ", allowed);
                return ApiErrors.Answer(StatusCodes.Status405MethodNotAllowed, "Méthode non permise à cette adresse").ExecuteAsync(context);
            }
        }

        return next(context);
    }
}
