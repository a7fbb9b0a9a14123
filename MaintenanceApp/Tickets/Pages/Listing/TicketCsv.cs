using System.Globalization;
using System.Text;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>
/// The rows of a view as a table for spreadsheets: UTF-8 with its mark, <c>;</c> between cells in French and <c>,</c> in
/// English as spreadsheets expect there, local times, every text safe from being taken for a formula (OWASP, CSV injection).
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
        var separator = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? ';' : ',';
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(Line(Heads(), separator));
        foreach (var ids in (await tickets.IdsAsync(filter, userId, cancellationToken)).Chunk(RowsAtOnce))
        {
            var counts = await sends.ReadAsync(ids, cancellationToken);
            foreach (var row in await tickets.RowsAsync(ids, cancellationToken))
            {
                await writer.WriteAsync(Line(Cells(row, counts.GetValueOrDefault(row.Id, SendCounts.None)), separator));
            }

            await writer.FlushAsync(cancellationToken);
        }
    }

    /// <summary>A cell as RFC 4180 writes it; what a spreadsheet would run begins with an apostrophe.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="separator">Between cells.</param>
    public static string Cell(string? text, char separator)
    {
        var safe = text ?? "";
        if (safe.TrimStart(' ') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..])
        {
            safe = "'" + safe;
        }

        return safe.AsSpan().IndexOfAny([separator, '"', '\r', '\n', ',', ';', '\t']) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Line(IEnumerable<string?> cells, char separator) =>
        string.Join(separator, cells.Select(cell => Cell(cell, separator))) + "\r\n";

    private string?[] Heads() =>
    [
        texts["CsvNumber"], texts["CsvTitle"], ticketTexts["Description"], ticketTexts["Machine"], ticketTexts["Priority"], ticketTexts["Status"],
        ticketTexts["AssignedTo"], ticketTexts["ReportedBy"], ticketTexts["Planned"], texts["CsvLate"], ticketTexts["CreatedAt"], ticketTexts["UpdatedAt"],
        ticketTexts["CompletedAt"], texts["CsvAccepted"], texts["CsvFailed"],
    ];

    private string?[] Cells(TicketRow row, SendCounts counts) =>
    [
        row.TicketId, row.Title, row.Description, row.MachineType is null ? "" : row.Machine, shared[$"Priority{row.Priority}"], shared[$"Status{row.Status}"],
        shared.Assignee(row.AssignedTo, row.AssigneeName), row.ReporterName, Local(row.ScheduledDate), row.IsOverdue ? texts["CsvYes"] : texts["CsvNo"],
        Local(row.CreatedAt), Local(row.UpdatedAt), Local(row.CompletedAt), Text.Of(counts.Accepted), Text.Of(counts.Failed),
    ];

    private string Local(DateTime? utc) => utc is { } instant ? site.ToLocal(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";
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
            "text/csv; charset=utf-8",
            FormattableString.Invariant($"billets-{site.Today:yyyy-MM-dd}.csv"));
    }
}
