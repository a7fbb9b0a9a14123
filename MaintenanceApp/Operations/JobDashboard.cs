using System.Text;
using System.Text.Encodings.Web;
using Hangfire;
using Hangfire.Common;
using Hangfire.Dashboard;
using MaintenanceApp.Jobs;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Operations;

/// <summary>
/// Hangfire's dashboard at <c>/hangfire</c>, behind our sign-in: whoever may see operations reads, administrators act, and
/// every act is in the history of who did what. Its pages wear our colours and theme.
/// </summary>
public static class JobDashboard
{
    public const string Path = "/hangfire";

    public static IEndpointConventionBuilder MapJobDashboard(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var options = new DashboardOptions
        {
            AppPath = "/ops",
            DashboardTitle = "MaintenanceApp",
            DisplayStorageConnectionString = false,

            // Our own style sheet has both themes.
            DarkModeEnabled = false,
            FaviconPath = "/favicon.ico",
            StatsPollingInterval = 5_000,
            IsReadOnlyFunc = context => !Actor.From(context.GetHttpContext().User).Can(Permissions.ManageOperations),
            DisplayNameFunc = NameOf,

            // The route's policy decides; Hangfire's own filter would let in whoever sits at the server.
            Authorization = [],
        };
        var pipeline = routes.CreateApplicationBuilder();
        pipeline.Use(ActAsync);
        pipeline.Use(DressAsync);
        pipeline.UsePathBase(Path);
        pipeline.UseMiddleware<AspNetCoreDashboardMiddleware>(services.GetRequiredService<JobStorage>(), options, services.GetRequiredService<Hangfire.Dashboard.RouteCollection>(), true);
        return routes.Map(Path + "/{**path}", pipeline.Build()).RequireAuthorization(Permissions.ReadOperations).ExcludeFromDescription();
    }

    /// <summary>Whatever changes something: allowed, done and written down.</summary>
    private static async Task ActAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.Path.Value?.EndsWith("/stats", StringComparison.Ordinal) == true)
        {
            await next(context);
            return;
        }

        var actor = Actor.From(context.User);
        if (!actor.Can(Permissions.ManageOperations) || !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var path = context.Request.Path.Value ?? "";
        var chosen = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))["jobs[]"].OfType<string>().ToList() : [];
        if (path.EndsWith("/recurring/trigger", StringComparison.Ordinal))
        {
            // The same as Run now: the run says who asked, and joins one that is under way.
            var control = context.RequestServices.GetRequiredService<ControlJobs>();
            foreach (var job in chosen.Intersect(JobList.Names))
            {
                await control.RunNowAsync(actor, job, context.RequestAborted);
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await next(context);
        if (context.Response.StatusCode is >= 200 and < 300 && ActOf(path) is { } act)
        {
            var subject = chosen.Count > 0 ? string.Join(", ", chosen) : path.Split('/')[^1];
            await context.RequestServices.GetRequiredService<AuditLog>().WriteAsync(actor, act, subject, null, CancellationToken.None);
        }
    }

    private static AuditAct? ActOf(string path) => path switch
    {
        _ when path.EndsWith("/recurring/remove", StringComparison.Ordinal) => AuditAct.ScheduleRemoved,
        _ when path.Contains("/delete", StringComparison.Ordinal) => AuditAct.JobDeleted,
        _ when path.Contains("/requeue", StringComparison.Ordinal) || path.EndsWith("/enqueue", StringComparison.Ordinal) => AuditAct.JobRequeued,
        _ => null,
    };

    /// <summary>Hangfire's pages know nothing of our theme, and take style sheets only for the whole process: they are put into the page here.</summary>
    private static async Task DressAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            await next(context);
            return;
        }

        var pauses = await PausesAsync(context);
        var answer = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = answer;
        }

        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) != true)
        {
            buffer.Position = 0;
            await buffer.CopyToAsync(answer, context.RequestAborted);
            return;
        }

        var theme = context.Request.Cookies["theme"] is "light" or "dark" ? $" data-theme=\"{context.Request.Cookies["theme"]}\"" : "";
        var page = Encoding.UTF8.GetString(buffer.ToArray())
            .Replace("<html lang=\"", $"<html{theme} lang=\"", StringComparison.Ordinal)
            .Replace("</head>", "<script src=\"/js/theme.js\"></script><link rel=\"stylesheet\" href=\"/css/tokens.css\"><link rel=\"stylesheet\" href=\"/css/hangfire.css\"></head>", StringComparison.Ordinal)
            .Replace("js-page-container margin-bottom-20p\">", "js-page-container margin-bottom-20p\">" + Banner(context, pauses), StringComparison.Ordinal);
        context.Response.ContentLength = null;
        await context.Response.WriteAsync(page, context.RequestAborted);
    }

    private static string Banner(HttpContext context, IReadOnlyList<JobPause> pauses)
    {
        var reports = context.RequestServices.GetRequiredService<JobReports>();
        return string.Concat(pauses.Select(pause =>
            $"<div class=\"alert alert-warning\" role=\"status\"><strong>{HtmlEncoder.Default.Encode(pause.Job)}</strong> {HtmlEncoder.Default.Encode(reports.Of(pause))}</div>"));
    }

    /// <summary>None while the database does not answer: the dashboard is about Hangfire.</summary>
    private static async Task<IReadOnlyList<JobPause>> PausesAsync(HttpContext context)
    {
        try
        {
            return await context.RequestServices.GetRequiredService<JobPauses>().AllAsync(context.RequestAborted);
        }
        catch (System.Data.Common.DbException)
        {
            return [];
        }
    }

    /// <summary>« Chercher les billets en retard (à l’heure prévue) ».</summary>
    private static string NameOf(DashboardContext context, Job job)
    {
        var texts = context.GetHttpContext().RequestServices.GetRequiredService<IStringLocalizer<OperationTexts>>();
        return JobList.NameOf(job) is { } name && job.Args is [JobStart start] ? $"{texts[$"Job.{name}"]} ({texts[$"Start{start}"]})" : job.ToString();
    }
}
