using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Overdue;

/// <summary>The rule of notifier.md §1, as a table of cases on both databases.</summary>
public sealed class OverdueRuleTests
{
    private const string Url = "https://recepteur.invalid/crochet";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [BothDatabases(TicketStatus.Received, 7, -3600, true)]
    [BothDatabases(TicketStatus.Diagnostic, 7, -3600, true)]
    [BothDatabases(TicketStatus.InProgress, 7, -3600, false)]
    [BothDatabases(TicketStatus.WaitingParts, 7, -3600, false)]
    [BothDatabases(TicketStatus.Completed, 7, -3600, false)]
    [BothDatabases(TicketStatus.Archived, 7, -3600, false)]
    [BothDatabases(TicketStatus.Received, 0, -3600, true)]
    [BothDatabases(TicketStatus.Received, null, -3600, false)]
    [BothDatabases(TicketStatus.Received, 7, null, false)]
    [BothDatabases(TicketStatus.Received, 7, 3600, false)]
    [BothDatabases(TicketStatus.Received, 7, 0, false)]
    [BothDatabases(TicketStatus.Received, 7, -1, true)]
    [BothDatabases(TicketStatus.Received, 7, -400 * 86400, true)]
    public async Task Status_assignee_and_date_decide(DatabaseProvider provider, TicketStatus status, int? assignedTo, int? secondsFromNow, bool expected)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, new FakeClock());
        var scheduled = secondsFromNow is { } seconds ? FakeClock.Start.AddSeconds(seconds) : (DateTime?)null;

        await given.Ticket(status, assignedTo, scheduled);

        (await NotifiesAsync(database)).ShouldBe(expected);
    }

    [Theory]
    [BothDatabases(null, false, true)]
    [BothDatabases(-1, false, true)]
    [BothDatabases(0, false, true)]
    [BothDatabases(1, false, false)]
    [BothDatabases(null, true, false)]
    public async Task A_snooze_or_the_trash_silences(DatabaseProvider provider, int? snoozedMinutesFromNow, bool inTrash, bool expected)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, new FakeClock());
        var until = snoozedMinutesFromNow is { } minutes ? FakeClock.Start.AddMinutes(minutes) : (DateTime?)null;

        await given.Ticket(assignedTo: 7, scheduled: FakeClock.Start.AddHours(-1), snoozedUntil: until, inTrash: inTrash);

        (await NotifiesAsync(database)).ShouldBe(expected);
    }

    [Theory]
    [BothDatabases(NotificationStatus.Delivered, -23.99, Url, false)]
    [BothDatabases(NotificationStatus.Delivered, -24.01, Url, true)]
    [BothDatabases(NotificationStatus.Delivered, -23.99, "https://autre.invalid/crochet", false)]
    [BothDatabases(NotificationStatus.Delivered, 5.0, Url, false)] // the clock was set back since
    [BothDatabases(NotificationStatus.Pending, -300.0, Url, false)]
    [BothDatabases(NotificationStatus.Sending, -300.0, Url, false)]
    [BothDatabases(NotificationStatus.Dead, -23.99, Url, false)]
    [BothDatabases(NotificationStatus.Dead, -24.01, Url, true)]
    [BothDatabases(NotificationStatus.Dead, -1.0, "https://autre.invalid/crochet", true)] // the endpoint changed since
    [BothDatabases(NotificationStatus.Cancelled, -0.1, Url, true)]
    public async Task The_last_notification_decides(DatabaseProvider provider, NotificationStatus status, double hoursFromNow, string url, bool expected)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, new FakeClock());
        var ticket = await given.OverdueTicket();

        await given.Notification(ticket, status, createdAt: FakeClock.Start.AddHours(hoursFromNow), url: url);

        (await NotifiesAsync(database)).ShouldBe(expected);
    }

    [Theory, BothDatabases]
    public async Task A_late_delivery_counts_from_the_delivery_and_not_from_its_creation(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, new FakeClock());
        var ticket = await given.OverdueTicket();

        await given.Notification(ticket, createdAt: FakeClock.Start.AddHours(-30), sentAt: FakeClock.Start.AddHours(-20));

        (await NotifiesAsync(database)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, "0h 0min")]
    [InlineData(30, "0h 0min")]
    [InlineData((9 * 3600) + (26 * 60), "9h 26min")]
    [InlineData((2 * 86400) + (9 * 3600) + (26 * 60) + 14, "2 jour(s) 9h 26min")]
    [InlineData(86400, "1 jour(s) 0h 0min")]
    [InlineData(400 * 86400, "400 jour(s) 0h 0min")]
    [InlineData(-10, "0h 0min")]
    public void Lateness_is_written_as_today_s_e_mails_have_it(int seconds, string expected) =>
        OverdueTime.Between(FakeClock.Start.AddSeconds(-seconds), FakeClock.Start).ToString().ShouldBe(expected);

    private static async Task<bool> NotifiesAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        return await OverdueRule.Notifying(db, FakeClock.Start, Day, Url).AnyAsync();
    }
}
