using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>
/// The rows of a view as a table for spreadsheets, in local times.
/// </summary>
public sealed class TicketCsv(
    TicketQueries tickets, TicketSendQueries sends, SiteClock site, IStringLocalizer<ListTexts> texts, IStringLocalizer<TicketTexts> ticketTexts, IStringLocalizer<SharedTexts> shared)
{
    private const int RowsAtOnce = 500;

    /// <summary>Row by row: memory does not grow with the view but for its ids.</summary>
    /// <param name="filter">Its page is not looked at.</param>
    /// <param name="userId">Who "mine" is.</param>
    /// <param name="output">Left open.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    public async Task WriteAsync(TicketFilter filter, int userId, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = Csv.Writer(output);
        await writer.WriteAsync(Csv.Line(Heads()));
        foreach (var ids in (await tickets.IdsAsync(filter, userId, cancellationToken)).Chunk(RowsAtOnce))
        {
            var counts = await sends.ReadAsync(ids, cancellationToken);
            foreach (var row in await tickets.RowsAsync(ids, cancellationToken))
            {
                await writer.WriteAsync(Csv.Line(Cells(row, counts.GetValueOrDefault(row.Id, SendCounts.None))));
            }

            await writer.FlushAsync(cancellationToken);
        }
    }

    private string?[] Heads() =>
    [
        texts["CsvNumber"], texts["CsvTitle"], ticketTexts["Description"], ticketTexts["Machine"], ticketTexts["Priority"], ticketTexts["Status"],
        ticketTexts["AssignedTo"], ticketTexts["ReportedBy"], ticketTexts["Planned"], texts["CsvLate"], ticketTexts["CreatedAt"], ticketTexts["UpdatedAt"],
        ticketTexts["CompletedAt"], texts["CsvAccepted"], texts["CsvFailed"],
    ];

    private string?[] Cells(TicketRow row, SendCounts counts) =>
    [
        row.TicketId, row.Title, row.Description, row.MachineType is null ? "" : row.Machine, shared[$"Priority{row.Priority}"], shared[$"Status{row.Status}"],
        shared.Assignee(row.AssignedTo, row.AssigneeName, row.AssigneeHasLeft), row.ReporterName, Local(row.ScheduledDate), row.IsOverdue ? texts["CsvYes"] : texts["CsvNo"],
        Local(row.CreatedAt), Local(row.UpdatedAt), Local(row.CompletedAt), Text.Of(counts.Accepted), Text.Of(counts.Failed),
    ];

    private string Local(DateTime? utc) => Csv.Local(site, utc);
}

/// <summary>The download of the list as it stands.</summary>
internal static class TicketExport
{
    /// <summary>Takes the query of the list's own address.</summary>
    public const string Path = "/tickets/export.csv";

    public static void MapTicketExport(this IEndpointRouteBuilder routes) => routes
        .MapGet(Path, Export)
        .RequireAuthorization(Permissions.ReadTickets)
        .ExcludeFromDescription();

    private static IResult Export(HttpContext context, TicketCsv csv, SiteClock site)
    {
        var filter = TicketListUrl.Parse(context.Request.QueryString.Value ?? "").Filter;
        return Results.Stream(
            output => csv.WriteAsync(filter, Actor.From(context.User).UserId, output, context.RequestAborted),
            Csv.ContentType,
            FormattableString.Invariant($"billets-{site.Today:yyyy-MM-dd}.csv"));
    }
}
