using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Machines;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>The history of notifications as it is filtered, as a table. Never a body, and the endpoint only masked.</summary>
public sealed class NotificationCsv(
    NotificationQueries notifications, NotificationWords words, SiteClock site, IStringLocalizer<NotificationTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    private const int RowsAtOnce = 500;

    /// <summary>Piece by piece: memory does not grow with the history but for its ids.</summary>
    /// <param name="filter">Its page is not looked at.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="output">Left open.</param>
    /// <param name="cancellationToken">Stops between two pieces.</param>
    public async Task WriteAsync(NotificationFilter filter, Actor actor, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = Csv.Writer(output);
        await writer.WriteAsync(Csv.Line(Heads()));
        foreach (var ids in (await notifications.IdsAsync(filter, cancellationToken)).Chunk(RowsAtOnce))
        {
            foreach (var row in await notifications.RowsAsync(ids, actor, cancellationToken))
            {
                await writer.WriteAsync(Csv.Line(Cells(row)));
            }

            await writer.FlushAsync(cancellationToken);
        }
    }

    private string?[] Heads() =>
    [
        texts["CsvId"], texts["Result"], texts["CsvWhy"], texts["CsvWritten"], texts["CsvLastAttempt"], texts["TicketColumn"], texts["CsvTicketTitle"], texts["CsvMachine"],
        texts["Answer"], texts["CsvDuration"], texts["Attempts"], texts["Trigger"], texts["CsvDuplicate"], texts["CsvEndpoint"], "webhook-id",
    ];

    private string?[] Cells(NotificationRow row) =>
    [
        Text.Of(row.Id), shared[SendPill.LookOf(row.Status, row.AttemptCount, row.IsAside, isHeld: false).Word], words.Why(row), Csv.Local(site, row.CreatedAt),
        Csv.Local(site, row.SentAt), row.TicketId, words.Title(row), MachineLabel.Of(row.MachineType, row.MachineModel), words.Answer(row.ResponseStatus, row.LastOutcome),
        Text.Of(row.LastDurationMs), Text.Of(row.AttemptCount), words.Trigger(row), row.PossibleDuplicate ? texts["CsvYes"] : texts["CsvNo"], row.Endpoint, row.WebhookId,
    ];
}

/// <summary>The download of the history as it stands.</summary>
internal static class NotificationExport
{
    /// <summary>Takes the query of the page's own address.</summary>
    public const string Path = "/notifications/export.csv";

    public static string Of(NotificationListUrl address) => Path + (address with { Page = 1 }).ToString()[NotificationListUrl.Path.Length..];

    public static void MapNotificationExport(this IEndpointRouteBuilder routes) => routes
        .MapGet(Path, Export)
        .RequireAuthorization(Permissions.ReadNotifications)
        .ExcludeFromDescription();

    private static IResult Export(
        string? view, string? ticket, string? status, string? trigger, string? period, string? from, string? to, string? run, string? outage,
        HttpContext context, NotificationCsv csv, SiteClock site)
    {
        var filter = NotificationListUrl.Parse(view, ticket, status, trigger, period, from, to, run, null, outage).ToFilter(site);
        return Results.Stream(
            output => csv.WriteAsync(filter, Actor.From(context.User), output, context.RequestAborted),
            Csv.ContentType,
            FormattableString.Invariant($"notifications-{site.Today:yyyy-MM-dd}.csv"));
    }
}
