using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Calendar;
using MaintenanceApp.Users;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Tickets.Calendar;

public sealed class CalendarQueriesTests
{
    private static readonly FakeClock Clock = new(new DateTime(2025, 11, 12, 19, 32, 0, DateTimeKind.Utc));
    private static readonly SiteClock Site = new(Clock, Options.Create(new SiteOptions()));

    [Theory, BothDatabases]
    public async Task A_ticket_is_on_its_local_day_on_both_days_that_change_the_clock(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, Clock);
        var machine = await given.Machine();
        string[] times = ["2025-11-01 23:59", "2025-11-02 00:30", "2025-11-02 23:30", "2025-11-03 00:00", "2026-03-08 00:00", "2026-03-08 23:59", "2026-03-09 00:00"];
        foreach (var time in times)
        {
            await given.Ticket(title: time, scheduled: Local(time), machine: machine);
        }

        (await On(database, "2025-11-02")).ShouldBe(["2025-11-02 00:30", "2025-11-02 23:30"]);
        (await On(database, "2026-03-08")).ShouldBe(["2026-03-08 00:00", "2026-03-08 23:59"]);
    }

    [Theory, BothDatabases]
    public async Task The_same_days_by_the_end_of_the_work(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, Clock);
        await given.Ticket(TicketStatus.Completed, title: "Fini", scheduled: Local("2025-11-04 08:00"), createdAt: Local("2025-11-11 09:00"));
        await given.Ticket(title: "Ouvert", scheduled: Local("2025-11-11 08:00"));
        await given.Ticket(title: "Corbeille", scheduled: Local("2025-11-11 08:00"), inTrash: true);

        (await On(database, "2025-11-11")).ShouldBe(["Ouvert"]);
        (await On(database, "2025-11-11", byCompletion: true)).ShouldBe(["Fini"]);
    }

    [Theory, BothDatabases]
    public async Task The_tray_holds_what_is_late_or_lacks_a_date_or_a_person_each_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, Clock);
        var (machine, later) = (await given.Machine(), Local("2025-11-14 09:00"));
        await given.Ticket(title: "Ni l’un ni l’autre", machine: machine);
        await given.Ticket(title: "Urgent", machine: machine, priority: TicketPriority.Critical);
        await given.Ticket(title: "Sans date", assignedTo: User.TeamId, machine: machine);
        await given.Ticket(title: "Sans personne", scheduled: later, machine: machine);
        await given.Ticket(title: "En retard sans personne", scheduled: Local("2025-11-12 08:00"), machine: machine);
        await given.Ticket(title: "Complet", scheduled: later, assignedTo: User.TeamId, machine: machine);
        await given.Ticket(TicketStatus.Completed, title: "Terminé", machine: machine);
        await given.Ticket(title: "Corbeille", machine: machine, inTrash: true);
        var queries = new CalendarQueries(database, Site);

        var tray = await queries.TrayAsync(new TicketFilter(), TrayOrder.Priority, null, 1, CancellationToken.None);
        tray.Groups.Select(group => $"{group.Reason}: {string.Join(", ", group.Entries.Select(entry => entry.Title))}").ShouldBe(
        [
            "Overdue: En retard sans personne", "NobodyNoDate: Urgent, Ni l’un ni l’autre", "NoDate: Sans date", "Nobody: Sans personne",
        ]);
        (tray.Overdue, tray.ToPlan).ShouldBe((1, 4));
        var found = await queries.TrayAsync(new TicketFilter(), TrayOrder.Newest, "URGENT", 1, CancellationToken.None);
        found.Groups.ShouldHaveSingleItem().Entries.ShouldHaveSingleItem().Title.ShouldBe("Urgent");
    }

    [Fact]
    public async Task A_group_of_the_tray_is_bounded_and_says_how_many_there_are()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, Clock);
        await given.OverdueTickets(CalendarQueries.MaxTray + 3);
        var group = (await new CalendarQueries(database, Site).TrayAsync(new TicketFilter(), TrayOrder.Oldest, null, 1, CancellationToken.None)).Groups.ShouldHaveSingleItem();
        (group.Entries.Count, group.Total).ShouldBe((CalendarQueries.MaxTray, CalendarQueries.MaxTray + 3));
    }

    private static async Task<IEnumerable<string>> On(TestDatabase database, string day, bool byCompletion = false)
    {
        var period = CalendarPeriod.Of(CalendarMode.Week, DateOnly.Parse(day, CultureInfo.InvariantCulture), DayOfWeek.Sunday);
        var content = await new CalendarQueries(database, Site).ReadAsync(period, byCompletion, new TicketFilter(), 1, CancellationToken.None);
        return content.On(DateOnly.Parse(day, CultureInfo.InvariantCulture)).Select(entry => entry.Entry.Title);
    }

    private static DateTime Local(string text) => Site.ToUtc(DateTime.Parse(text, CultureInfo.InvariantCulture));
}
