using System.Text;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class TicketCsvTests
{
    [Theory]
    [InlineData("Fuite", "Fuite")]
    [InlineData(null, "")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  @SUM(A1)", "'  @SUM(A1)")]
    [InlineData("+33", "'+33")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("Dit « non »; reparti", "\"Dit « non »; reparti\"")]
    [InlineData("Deux\nlignes \"cassées\"", "\"Deux\nlignes \"\"cassées\"\"\"")]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    public void A_cell_is_quoted_and_never_a_formula(string? text, string cell) => Csv.Cell(text, ';').ShouldBe(cell);

    [Theory, BothDatabases]
    public async Task The_export_holds_the_rows_of_the_address_in_their_order(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var machine = await host.Given.Machine("Four", "Four de trempe");
        var late = await host.Given.OverdueTicket(title: "=cmd|'/C calc'!A0", machine: machine);
        await host.Given.Notification(late);
        await host.Given.Notification(late, NotificationStatus.Dead);
        await host.Given.Ticket(title: "Autre");
        using var anonymous = host.CreateAnonymousClient();
        ((int)(await anonymous.GetAsync("/tickets/export.csv")).StatusCode).ShouldBe(302);

        using var client = await host.CreateClientAs(Roles.Viewer);
        using var response = await client.GetAsync("/tickets/export.csv?view=overdue&sort=title&page=7");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("billets-2025-11-12.csv");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith("Numéro;Titre;Description;Machine;");
        lines[1].ShouldStartWith($"{late.TicketId};'=cmd|'/C calc'!A0;");
        lines[1].ShouldContain(";Four Four de trempe;Moyenne;Reçue;Équipe;");
        lines[1].ShouldEndWith(";1;1");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/tickets/export.csv?q=autre");
        request.Headers.Add("Cookie", ".AspNetCore.Culture=c%3Den-CA%7Cuic%3Den-CA");
        using var english = await client.SendAsync(request);
        (await english.Content.ReadAsStringAsync()).TrimStart('\uFEFF').ShouldStartWith("Number,Title,Description,");
    }
}
