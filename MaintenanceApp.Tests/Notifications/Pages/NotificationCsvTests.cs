using System.Text;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Notifications.Pages;

public sealed class NotificationCsvTests
{
    [Theory, BothDatabases]
    public async Task The_export_holds_the_rows_of_the_address_newest_first_and_never_the_url(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var ticket = await host.Given.OverdueTicket(title: "=cmd|'/C calc'!A0", machine: await host.Given.Machine("Four", "Double"));
        var now = host.Clock.GetUtcNow().UtcDateTime;
        await host.Given.Notification(ticket, createdAt: now.AddHours(-2));
        await host.Given.Notification(ticket, NotificationStatus.Dead, createdAt: now.AddHours(-1));
        await host.Given.Notification(await host.Given.OverdueTicket(title: "Autre"), createdAt: now.AddDays(-40));
        await database.ExecuteAsync("UPDATE webhook_notifications SET webhook_url = 'https://connect.pabbly.example/workflow/sendwebhookdata/SECRET123'");
        using var anonymous = host.CreateAnonymousClient();
        ((int)(await anonymous.GetAsync("/notifications/export.csv")).StatusCode).ShouldBe(302);

        using var client = await host.CreateClientAs(Roles.Supervisor);
        using var response = await client.GetAsync("/notifications/export.csv?period=7d&page=9");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("notifications-2025-11-12.csv");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        text.ShouldNotContain("SECRET123");
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("Identifiant;Résultat;Raison;Écrite;");
        lines[1].ShouldContain(";Abandonnée;");
        lines[2].ShouldContain($";{ticket.TicketId};'=cmd|'/C calc'!A0;Four Double;");

        (await client.GetStringAsync("/notifications/export.csv?view=failed")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        using var english = new HttpRequestMessage(HttpMethod.Get, "/notifications/export.csv");
        english.Headers.Add("Cookie", ".AspNetCore.Culture=c%3Den-CA%7Cuic%3Den-CA");
        (await (await client.SendAsync(english)).Content.ReadAsStringAsync()).TrimStart('\uFEFF').ShouldStartWith("Identifier,Result,Reason,Written,");
    }
}
