using System.Net;
using System.Text.RegularExpressions;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Hosting;

/// <summary>The reference that a user is shown leads the administrator to the exception in the log.</summary>
public sealed class ErrorLogTests
{
    [Theory]
    [InlineData("/api/machines", "référence à l’administrateur : ([^\"]+)\"")]
    [InlineData("/tickets/IGP-ESSAI-1/print", "class=\"id\">([^<]+)<")]
    public async Task A_failure_nobody_foresaw_is_logged_once_with_the_reference_it_showed(string path, string shown)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Admin);
        await host.Given.OverdueTicket(ticketId: "IGP-ESSAI-1");
        await database.ExecuteAsync("ALTER TABLE machines RENAME TO gone");

        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var reference = Regex.Match(text, shown).Groups[1].Value;
        reference.ShouldNotBeEmpty(text);
        host.Logs.Where(line => line.Contains("no such table: machines", StringComparison.Ordinal) && line.Contains("   at MaintenanceApp.", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldContain(reference);
    }
}
