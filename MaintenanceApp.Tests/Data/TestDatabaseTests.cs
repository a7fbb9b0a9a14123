using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Data;

public sealed class TestDatabaseTests
{
    private readonly FakeClock clock = new();

    [Theory, BothDatabases]
    public async Task A_new_database_holds_the_team_and_the_roles(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.CreateDbContext();

        (await db.Users.Select(user => user.Id).ToListAsync()).ShouldBe([0]);
        (await db.Roles.CountAsync()).ShouldBe(14);
    }

    [Theory, BothDatabases]
    public async Task What_a_test_puts_in_is_read_back_in_utc(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var user = await given.User();
        var ticket = await given.OverdueTicket(lateBy: TimeSpan.FromSeconds(30), assignedTo: user.Id, status: TicketStatus.Diagnostic, title: "« Fuite » d’huile 🛢 \"rouge\"");
        await given.Notification(ticket, NotificationStatus.Pending);
        await given.OverdueTickets(3);

        await using var db = database.CreateDbContext();
        var read = await db.Tickets.Include(row => row.Timeline).SingleAsync(row => row.Id == ticket.Id);
        read.ScheduledDate.ShouldBe(clock.Now.AddSeconds(-30));
        read.ScheduledDate!.Value.Kind.ShouldBe(DateTimeKind.Utc);
        read.Title.ShouldBe("« Fuite » d’huile 🛢 \"rouge\"");
        read.Timeline.Count.ShouldBe(4);
        (await db.Tickets.CountAsync()).ShouldBe(4);
        (await db.WebhookNotifications.SingleAsync()).NextAttemptAt.ShouldBe(clock.Now);
    }

    [Theory, BothDatabases]
    public async Task Two_tests_do_not_see_each_other(DatabaseProvider provider)
    {
        await using var first = await TestDatabase.CreateAsync(provider);
        await using var second = await TestDatabase.CreateAsync(provider);
        await new Given(first, clock).Machine();

        await using var db = second.CreateDbContext();
        (await db.Machines.CountAsync()).ShouldBe(0);
    }
}
