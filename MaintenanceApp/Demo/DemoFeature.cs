using System.Text.Encodings.Web;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Demo;

/// <summary>
/// A first run without any account anywhere: a small factory, accounts to click, and an inbox that plays the receiver.
/// In Development only, whatever <c>Demo:Enabled</c> says.
/// </summary>
public static class DemoFeature
{
    public const string InboxPath = "/dev/inbox";

    public static bool IsDemo(this IHostEnvironment environment, IConfiguration configuration) =>
        environment.IsDevelopment() && configuration.GetValue("Demo:Enabled", false);

    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsDemo(configuration))
        {
            services.AddSingleton<DemoInbox>();
            services.AddSingleton<DemoFactory>();
            services.AddSingleton<IPostConfigureOptions<WebhookOptions>, DemoWebhook>();
            services.AddHostedService<DemoStart>();
        }

        return services;
    }

    /// <summary>After the migrations and before anybody is asked to set up: fills an empty database.</summary>
    public static async Task SeedDemoAsync(this WebApplication app)
    {
        if (app.Environment.IsDemo(app.Configuration))
        {
            await app.Services.GetRequiredService<DemoFactory>().SeedAsync(app.Lifetime.ApplicationStopping);
        }
    }

    public static void MapDemo(this WebApplication app)
    {
        if (!app.Environment.IsDemo(app.Configuration))
        {
            return;
        }

        var demo = app.MapGroup("/dev").AllowAnonymous().ExcludeFromDescription();
        demo.MapPost("/inbox", async (HttpRequest request, DemoInbox inbox, CancellationToken cancellationToken) =>
        {
            await inbox.ReceiveAsync(request, cancellationToken);
            return Results.Json(new { status = "success", message = "Reçu" });
        }).DisableAntiforgery();
        demo.MapGet("/inbox", (DemoInbox inbox) => Results.Content(inbox.ToHtml(HtmlEncoder.Default), "text/html; charset=utf-8"));
        demo.MapPost("/sign-in", SignInAsync);
    }

    /// <summary>Demo accounts have no password; a click on the sign-in page is enough. Real accounts are refused here.</summary>
    private static async Task<IResult> SignInAsync(
        HttpContext context, SignInManager<User> signIn, IDbContextFactory<AppDb> database, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var email = form["email"].ToString();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var account = await db.Users.SingleOrDefaultAsync(
            user => user.Email == email && user.PasswordHash == null && user.Id != User.TeamId && user.DeactivatedAt == null, cancellationToken);
        if (account is null)
        {
            return Results.Redirect("/login");
        }

        await signIn.SignInAsync(account, isPersistent: false);
        return Results.Redirect("/");
    }
}
