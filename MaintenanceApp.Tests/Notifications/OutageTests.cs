using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>The history of an outage: what waited, in the order in which it went out.</summary>
public sealed class OutageTests
{
    private static readonly DateTime Down = new(2025, 11, 12, 7, 10, 0, DateTimeKind.Utc);
    private static readonly Outage Night = new(Down, Down.AddMinutes(90));
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Theory, BothDatabases]
    public async Task It_lists_what_waited_and_nothing_from_before_or_after(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, new FakeClock());
        async Task<int> Sent(int createdAfter, int? sentAfter, NotificationStatus status = NotificationStatus.Delivered) => (await given.Notification(
            await given.OverdueTicket(), status, createdAt: Down.AddMinutes(createdAfter), sentAt: sentAfter is { } minutes ? Down.AddMinutes(minutes) : null)).Id;
        await Sent(-30, -29);
        await Sent(-30, null, NotificationStatus.Cancelled);
        var second = await Sent(20, 92);
        var first = await Sent(-5, 91);
        var waiting = await Sent(60, null, NotificationStatus.Pending);
        var dead = await Sent(30, 120, NotificationStatus.Dead);
        await Sent(95, 96);

        var rows = (await new NotificationQueries(database).ListAsync(new() { Outage = Night }, Admin, default)).Rows;

        rows.Select(row => row.Id).ShouldBe([first, second, dead, waiting]);
        rows.Select(row => row.Waited).ShouldBe([TimeSpan.FromMinutes(96), TimeSpan.FromMinutes(72), null, null]);
        (await new OutageQuery(database).ReadAsync(Night, default)).ShouldBe(new OutageSummary(4, 2, 1, 0));
    }

    [Fact]
    public void Its_address_keeps_whole_seconds_and_loses_nothing_at_its_ends()
    {
        new Outage(Down.AddMilliseconds(400), Down.AddMinutes(90).AddMilliseconds(1)).ToString().ShouldBe("2025-11-12T07:10:00Z/2025-11-12T08:40:01Z");
        Outage.Parse(Night.ToString()).ShouldBe(Night);
        Outage.Parse(Night.ToString())!.From.Kind.ShouldBe(DateTimeKind.Utc);
        foreach (var wrong in new[] { null, "", "x/y", "2025-11-12T07:10:00Z", "2025-11-12T08:40:00Z/2025-11-12T07:10:00Z" })
        {
            Outage.Parse(wrong).ShouldBeNull();
        }
    }
}
