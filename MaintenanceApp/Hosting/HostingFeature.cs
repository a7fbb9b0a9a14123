using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.RateLimiting;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Hosting;

/// <summary>What every web application needs and no user names: JSON, errors, keys, headers.</summary>
public static class HostingFeature
{
    public static IServiceCollection AddHosting(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<LiveUpdates>();
        services.AddTelemetry(configuration, environment);
        ConfiguredDuration.UseForConfiguration();
        services.AddSingleton<ApiMethods>();
        services.AddOptions<SiteOptions>().BindConfiguration("Site").ValidateDataAnnotations().ValidateOnStart();
        services.AddSiteLocalization();
        services.AddOpenApiDocument();
        services.AddAntiforgery();
        services.AddRateLimiter(limiter => limiter.OnRejected = async (context, cancellationToken) =>
        {
            // RFC 6585 §4: say when to come back.
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromMinutes(1);
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await ApiErrors.Answer(StatusCodes.Status429TooManyRequests, "Trop de requêtes. Réessayez plus tard.", "rate_limited").ExecuteAsync(context.HttpContext);
        });
        services.AddProblemDetails();
        services.AddExceptionHandler<ApiErrors>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.Converters.Add(new EnumWords());

            // Answers are application/json, never inlined into HTML: accents stay readable.
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });

        // Cookies and tokens must survive a restart: keys live beside the database.
        var keys = configuration["DataProtection:KeysDirectory"] ?? "data/keys";
        services.AddDataProtection()
            .SetApplicationName("MaintenanceApp")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.GetFullPath(keys, environment.ContentRootPath)));
        services.Configure<ForwardedHeadersOptions>(options =>
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        return services;
    }

    /// <summary>Before anything that answers: errors, forwarded headers, security headers.</summary>
    public static WebApplication UseHosting(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",

            // The page that failed has used up the renderer of its scope.
            CreateScopeForErrors = true,

            // ApiErrors logs, with the reference that the user is shown.
            SuppressDiagnosticsCallback = _ => true,
            StatusCodeSelector = ApiErrors.StatusOf,
        });
        app.Use(async (context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers.ContentSecurityPolicy =
                "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; " +
                "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";
            await next(context);
        });
        app.UseApiErrors();
        app.UseNotFoundPage();
        app.UseSlashesInRouteValues();
        return app;
    }

    public static void MapHosting(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApiDocument();
        routes.MapLanguage();
        routes.MapMetrics();
    }

    /// <summary>
    /// Imported ticket numbers may hold a slash. The server leaves <c>%2F</c> alone when it decodes a path (RFC 3986, section 2.2:
    /// a slash divides, an encoded one does not); by the time a route value is read it divides nothing any more.
    /// </summary>
    private static void UseSlashesInRouteValues(this WebApplication app) => app.Use((context, next) =>
    {
        foreach (var (name, value) in context.Request.RouteValues.ToList())
        {
            if (value is string text && text.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            {
                context.Request.RouteValues[name] = text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            }
        }

        return next(context);
    });

    /// <summary>Pages answer a missing address with a page; routes keep their own status and body.</summary>
    private static void UseNotFoundPage(this WebApplication app)
    {
        // Not inside UseWhen: a branch cannot route a second time.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // Nor is a page shown to who posts: Hangfire's dashboard reads the status.
            if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                || (HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments("/hangfire", StringComparison.OrdinalIgnoreCase)))
            {
                context.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
            }

            return next(context);
        });
    }

    /// <summary>Checks the configuration and migrates; throws a plain sentence, see <see cref="StartErrors"/>.</summary>
    /// <exception cref="OptionsValidationException">The configuration is refused.</exception>
    /// <exception cref="DatabaseInUseException">Another process holds the SQLite file.</exception>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        // The host would check it too, but only after the migration, and it logs a stack trace.
        app.Services.GetService<IStartupValidator>()?.Validate();
        await app.Services.GetRequiredService<DatabaseStartup>().PrepareAsync(app.Lifetime.ApplicationStopping);
    }
}
