using System.Globalization;
using System.Security.Claims;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications.Pages;
using MaintenanceApp.Users;

namespace MaintenanceApp.Notifications;

/// <summary>History, statistics and resends over HTTP.</summary>
public static class NotificationRoutes
{
    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        routes.MapNotificationExport();
        var webhooks = routes.MapGroup("/api/webhooks").WithTags("webhooks").RequireAuthorization(Permissions.ReadNotifications);
        webhooks.MapGet("/notification-history/{ticketId}", HistoryAsync)
            .WithSummary("Every notification of one ticket, newest first");
        webhooks.MapGet("/notifications", ListAsync)
            .WithSummary("The history of all tickets, paged, newest first");
        webhooks.MapGet("/notifications/{id}", async (int id, ClaimsPrincipal user, NotificationQueries queries, CancellationToken cancellationToken) =>
                await queries.FindAsync(id, Actor.From(user), cancellationToken) is { } found ? Results.Ok(NotificationAnswer.Of(found)) : Unknown())
            .WithSummary("One notification with its attempts; bodies for administrators");
        webhooks.MapPost("/notifications/{id}/resend", ResendAsync)
            .RequireAuthorization(Permissions.ManageNotifications)
            .WithSummary("Sends it again with the ticket of today");
        webhooks.MapPost("/notifications/resend-failed", ResendFailedAsync)
            .RequireAuthorization(Permissions.ManageNotifications)
            .WithSummary("Sends again what was given up since a moment, one a ticket; twice within two seconds is once")
            .Answers<ResendFailedAnswer>(StatusCodes.Status202Accepted, 400, 409)
            .WithExamples(
                new ResendFailedRequest("2025-11-12T07:10:00Z"),
                new ResendFailedAnswer("Renvoi de 12 notifications demandé", "resend_5f0c0d1a", 12, 2, new Dictionary<string, int> { [NotificationCause.AlreadyStarted] = 2 }));
        webhooks.MapGet("/stats", (NotificationStatsQuery stats, CancellationToken cancellationToken) => stats.ReadAsync(cancellationToken))
            .WithSummary("Counts, success rate and times of the last 24 hours and 7 days");
    }

    private static async Task<IResult> HistoryAsync(string ticketId, NotificationQueries queries, CancellationToken cancellationToken) =>
        await queries.HistoryAsync(ticketId, cancellationToken) is { } rows
            ? Results.Ok(new NotificationHistory(ticketId, [.. rows.Select(NotificationAnswer.Of)]))
            : ApiErrors.NotFound("Ticket introuvable");

    private static async Task<IResult> ListAsync(
        string? status,
        string? ticket,
        string? from,
        string? to,
        string? page,
        string? page_size,
        ClaimsPrincipal user,
        NotificationQueries queries,
        SiteClock site,
        CancellationToken cancellationToken)
    {
        NotificationStatus? wanted = null;
        if (Blank.ToNull(status) is { } word)
        {
            if (!Snake.TryParse<NotificationStatus>(word, out var known))
            {
                return ApiErrors.BadRequest("Statut inconnu : pending, sending, delivered, dead ou cancelled");
            }

            wanted = known;
        }

        var period = new NotificationPeriod(site);
        if (!period.TryReadStart(from, out var start) || !period.TryReadEnd(to, out var end))
        {
            return ApiErrors.BadRequest("Période invalide : from et to sont des dates aaaa-mm-jj ou ISO 8601 avec Z ou un décalage");
        }

        if (start > end)
        {
            return ApiErrors.BadRequest("Période invalide : from est après to");
        }

        if (!TryReadCount(page, 1, int.MaxValue, out var number) || !TryReadCount(page_size, NotificationFilter.DefaultPageSize, NotificationFilter.MaxPageSize, out var size))
        {
            return ApiErrors.BadRequest($"Page invalide : page commence à 1 et page_size va de 1 à {NotificationFilter.MaxPageSize}");
        }

        var filter = new NotificationFilter { Status = wanted, Ticket = Blank.ToNull(ticket), From = start, To = end, Page = number, PageSize = size };
        var found = await queries.ListAsync(filter, Actor.From(user), cancellationToken);
        return Results.Ok(new NotificationPage([.. found.Rows.Select(NotificationAnswer.Of)], found.Total, found.Page, found.PageSize));
    }

    private static async Task<IResult> ResendAsync(
        int id, ClaimsPrincipal user, ResendNotification resend, NotificationQueries queries, CancellationToken cancellationToken)
    {
        var actor = Actor.From(user);
        return await resend.ExecuteAsync(actor, id, cancellationToken) is { } created && await queries.FindAsync(created, actor, cancellationToken) is { } found
            ? Results.Accepted($"/api/webhooks/notifications/{created}", new NotificationResent("Renvoi demandé", NotificationAnswer.Of(found.Row)))
            : Unknown();
    }

    private static async Task<IResult> ResendFailedAsync(
        Body<ResendFailedRequest> body, ClaimsPrincipal user, ResendFailed resend, SiteClock site, CancellationToken cancellationToken)
    {
        if (!new NotificationPeriod(site).TryReadStart(body.Value.Since, out var since) || since is null)
        {
            return ApiErrors.BadRequest("Champ « since » : une date aaaa-mm-jj ou ISO 8601 avec Z ou un décalage");
        }

        var batch = await resend.ExecuteAsync(Actor.From(user), since.Value, body.Value.Force, cancellationToken);
        return Results.Accepted(
            value: new ResendFailedAnswer(
                batch.Queued switch { 0 => "Rien à renvoyer", 1 => "Renvoi de 1 notification demandé", var count => $"Renvoi de {count} notifications demandé" },
                batch.Batch, batch.Queued, batch.Skipped.Values.Sum(), batch.Skipped));
    }

    private static IResult Unknown() => ApiErrors.NotFound("Notification introuvable");

    private static bool TryReadCount(string? text, int otherwise, int most, out int count)
    {
        count = otherwise;
        return Blank.ToNull(text) is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1 && count <= most);
    }
}
