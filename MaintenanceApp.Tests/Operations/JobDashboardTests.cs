using System.Net;
using System.Text.RegularExpressions;
using MaintenanceApp.Jobs;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Operations;

/// <summary>Hangfire's dashboard behind our sign-in.</summary>
public sealed partial class JobDashboardTests
{
    private const string Secret = "https://recepteur.invalid/hook/tres-secret";

    [Fact]
    public async Task Only_those_who_see_operations_read_and_only_administrators_act()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Host(database);
        using var anonymous = host.CreateAnonymousClient();
        using var technician = await host.CreateClientAs(Roles.Technician);
        using var reader = await host.CreateClientAs(Roles.Supervisor);
        using var admin = await host.CreateClientAs(Roles.Admin);
        await UntilScannedAsync(database);

        (await anonymous.GetAsync(Address("/hangfire"))).StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Redirect);
        (await technician.GetAsync(Address("/hangfire"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var canRead = Permissions.Allows(Roles.Supervisor, Permissions.ReadOperations);
        (await reader.GetAsync(Address("/hangfire"))).StatusCode.ShouldBe(canRead ? HttpStatusCode.OK : HttpStatusCode.Forbidden);

        var (page, token) = await ReadAsync(admin, "/hangfire/recurring");
        page.ShouldContain("Chercher les billets en retard (à l’heure prévue)");
        page.ShouldContain("js-jobs-list-command");
        (await PostAsync(technician, "/hangfire/recurring/trigger", token, "scan-overdue")).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(admin, "/hangfire/recurring/trigger", null, "scan-overdue")).ShouldBe(HttpStatusCode.Forbidden, "without the antiforgery token");
        await using var db = database.CreateDbContext();
        (await db.AuditLog.AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Triggering_is_run_now_and_every_act_is_written_down()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Host(database);
        using var admin = await host.CreateClientAs(Roles.Admin);
        await UntilScannedAsync(database);

        var (_, token) = await ReadAsync(admin, "/hangfire/recurring");
        (await PostAsync(admin, "/hangfire/recurring/trigger", token, "scan-overdue")).ShouldBe(HttpStatusCode.NoContent);
        await UntilScannedAsync(database, run => run.Trigger == ScanTrigger.Manual && run.RequestedBy != null);

        var (jobs, again) = await ReadAsync(admin, "/hangfire/jobs/succeeded");
        var id = JobId().Match(jobs).Groups["id"].Value;
        (await PostAsync(admin, "/hangfire/jobs/succeeded/requeue", again, id)).ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(admin, "/hangfire/recurring/remove", again, "scan-overdue")).ShouldBe(HttpStatusCode.NoContent);

        (await host.Service<AuditLog>().ReadAsync(1, 20, CancellationToken.None)).Rows.Select(entry => (entry.Act, entry.Subject, entry.UserName)).ShouldBe(
        [
            (AuditAct.ScheduleRemoved, "scan-overdue", "Essai admin"), (AuditAct.JobRequeued, id, "Essai admin"), (AuditAct.JobStarted, "scan-overdue", "Essai admin"),
        ]);
        (await host.Service<JobSchedule>().MendAsync(JobNames.ScanOverdue, CancellationToken.None)).ShouldBe(ScheduleState.Mended, "the watchdog puts it back");
    }

    [Fact]
    public async Task Its_pages_read_well_in_our_colours_and_say_nothing_secret()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Host(database);
        using var admin = await host.CreateClientAs(Roles.Admin);
        await UntilScannedAsync(database);
        await host.Service<MaintenanceApp.Operations.ControlJobs>().PauseAsync(new Actor(1, "Anne <Roy>", Roles.Admin), JobNames.PurgeHistory, "travaux", null, CancellationToken.None);

        var (succeeded, _) = await ReadAsync(admin, "/hangfire/jobs/succeeded");
        var id = JobId().Match(succeeded).Groups["id"].Value;
        foreach (var path in new[] { "/hangfire", "/hangfire/recurring", "/hangfire/jobs/succeeded", "/hangfire/servers", "/hangfire/jobs/enqueued", "/hangfire/retries", $"/hangfire/jobs/details/{id}" })
        {
            var (page, _) = await ReadAsync(admin, path);
            page.ShouldContain("/css/hangfire.css", customMessage: path);
            page.ShouldContain("<html lang=\"fr\">", customMessage: path);
            page.ShouldContain("Anne &lt;Roy&gt;", customMessage: "a pause is shown, encoded");
            page.ShouldNotContain("tres-secret", Case.Sensitive, path);
            page.ShouldNotContain(database.FilePath, Case.Sensitive, path);
            InlineCode().IsMatch(page).ShouldBeFalse($"{path} works under our Content-Security-Policy");
        }

        var (details, _) = await ReadAsync(admin, $"/hangfire/jobs/details/{id}");
        details.ShouldContain("0 en retard, 0 notification écrite");
        admin.DefaultRequestHeaders.Add("Cookie", "theme=dark; .AspNetCore.Culture=c%3Den-CA%7Cuic%3Den-CA");
        (await admin.GetStringAsync(Address("/hangfire/recurring"))).ShouldContain("<html data-theme=\"dark\" lang=\"en\">");
    }

    private static AppHost Host(TestDatabase database) => new(
        database,
        null,
        new Dictionary<string, string?> { ["Notifier:FirstScanDelay"] = "00:00:00", ["Notifier:ScanInterval"] = "00:30:00", ["Webhook:Url"] = Secret },
        withJobs: true);

    private static Uri Address(string path) => new(path, UriKind.Relative);

    private static async Task<(string Page, string Token)> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(Address(path));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        var raw = await answer.Content.ReadAsStringAsync();

        // Accents only: what is encoded for safety must stay visible as such.
        return (AccentEntity().Replace(raw, match => WebUtility.HtmlDecode(match.Value)), Token().Match(raw).Groups["token"].Value);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string path, string? token, string job)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = new FormUrlEncodedContent([new("jobs[]", job)]) };
        if (token is not null)
        {
            request.Headers.Add("RequestVerificationToken", token);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static Task UntilScannedAsync(TestDatabase database) => UntilScannedAsync(database, run => run.State == ScanRunState.Finished);

    private static async Task UntilScannedAsync(TestDatabase database, System.Linq.Expressions.Expression<Func<ScanRun, bool>> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            await using var db = database.CreateDbContext();
            if (await db.ScanRuns.Where(run => run.State == ScanRunState.Finished).Where(wanted).AnyAsync(limit.Token) && await db.JobRuns.AnyAsync(limit.Token))
            {
                return;
            }

            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    [GeneratedRegex("csrf-token\" content=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("/hangfire/jobs/details/(?<id>[^\"/]+)\"")]
    private static partial Regex JobId();

    [GeneratedRegex("&#x?(?:2019|E[0-9A-F]|23\\d|22\\d);", RegexOptions.IgnoreCase)]
    private static partial Regex AccentEntity();

    /// <summary>A script without an address, or a handler in an attribute.</summary>
    [GeneratedRegex("<script(?![^>]*\\bsrc=)|<[a-z][^>]*\\son[a-z]+=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();
}
