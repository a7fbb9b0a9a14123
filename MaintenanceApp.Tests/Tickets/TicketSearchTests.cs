using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Tickets;

public sealed class TicketSearchTests
{
    private readonly FakeClock clock = new();

    [Theory]
    [InlineData("  Fuité   POMPE ", "fuite pompe", false)]
    [InlineData("En Retard", "", true)]
    [InlineData("pompe en retard", "pompe", true)]
    [InlineData("overdue pump", "pump", true)]
    [InlineData("mensonge retarde", "mensonge retarde", false)]
    [InlineData("priorité:critique four", "four", false)]
    [InlineData("priorité:inconnue", "priorite:inconnue", false)]
    [InlineData("12:30", "12:30", false)]
    public void Some_words_mean_a_condition(string typed, string words, bool isOverdue)
    {
        var search = TicketSearch.Parse(typed);
        string.Join(' ', search.Words).ShouldBe(words);
        search.IsOverdue.ShouldBe(isOverdue);
    }

    [Fact]
    public void Priorities_and_statuses_are_understood_in_both_languages()
    {
        TicketSearch.Parse("Priorité:Critique priority:high").Priorities.ShouldBe([TicketPriority.Critical, TicketPriority.High]);
        TicketSearch.Parse("statut:reçue status:waiting_parts").Statuses.ShouldBe([TicketStatus.Received, TicketStatus.WaitingParts]);
    }

    [Theory, BothDatabases]
    public async Task What_was_pasted_is_found_however_either_side_was_written(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var ticket = await given.Ticket(title: "Cour\u00ADroie « neuve » de 3½ po", description: "50\u00A0% d\u2019usure, pièce A_1", ticketId: "IGP-DOUBLE EDGER-20251110-101");
        await given.Ticket(title: "Autre chose", description: "Rien à voir : 500 usures, pièce AX1");
        var queries = new TicketQueries(database, new SiteClock(clock, Options.Create(new SiteOptions())));
        foreach (var typed in new[]
        {
            "courroie", "\"neuve\"", "3 1/2", "3½ po", "50 %", "d'usure", "A_1", "#igp-double edger-20251110-101", "« IGP\u2011DOUBLE\u00A0EDGER\u201120251110\u2011101 ».",
            "https://usine.example/tickets/IGP-DOUBLE%20EDGER-20251110-101?from=%2Ftickets", "/tickets/igp-double%20edger-20251110-101",
        })
        {
            (await queries.IdsAsync(new TicketFilter { Text = typed }, 1, CancellationToken.None)).ShouldBe([ticket.Id], typed);
        }

        (await queries.IdsAsync(new TicketFilter { Text = "A_1 %%" }, 1, CancellationToken.None)).ShouldBeEmpty("% and _ are themselves");
    }

    [Theory, BothDatabases]
    public async Task Every_filter_finds_its_tickets_and_no_others(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var machine = await given.Machine("Four", "Four de trempe");
        await given.User();
        var reporter = await given.User();
        var late = await given.OverdueTicket(title: "Fuité d’huile", machine: machine, ticketId: "IGP-FOUR-20251112-001");
        var asked = new Actor(reporter.Id, reporter.FullName, reporter.Role);
        var held = await given.Ticket(title: "Courroie", reporter: asked, priority: TicketPriority.Critical, snoozedUntil: clock.Now.AddHours(5), createdAt: clock.Now.AddDays(-10));
        var planned = await given.Ticket(title: "Lame", scheduled: clock.Now.AddDays(30));
        await given.Notification(late);
        await given.Notification(held, NotificationStatus.Dead);
        var queries = new TicketQueries(database, new SiteClock(clock, Options.Create(new SiteOptions())));

        async Task Finds(TicketFilter filter, params Ticket[] expected) =>
            (await queries.IdsAsync(filter with { Sort = [new TicketSort(TicketColumn.Id)] }, reporter.Id, CancellationToken.None))
                .ShouldBe(expected.Select(ticket => ticket.Id), filter.ToString());

        await Finds(new() { Text = "fuite HUILE" }, late);
        await Finds(new() { Text = "igp-four-2025" }, late);
        await Finds(new() { Text = "trempe" }, late);
        await Finds(new() { Text = "en retard" }, late);
        await Finds(new() { Text = "priorité:critique" }, held);
        await Finds(new() { Notified = TicketNotified.Yes }, late);
        await Finds(new() { Notified = TicketNotified.No }, held, planned);
        await Finds(new() { Notified = TicketNotified.Failed }, held);
        await Finds(new() { IsAcknowledged = true }, held);
        await Finds(new() { IsAcknowledged = false }, late, planned);
        await Finds(new() { Reporter = AssigneeFilter.Mine }, held);
        await Finds(new() { Reporter = AssigneeFilter.Person(reporter.Id) }, held);
        await Finds(new() { Created = TicketCreated.SevenDays }, late, planned);
        await Finds(new() { Created = TicketCreated.ThirtyDays }, late, held, planned);
        var today = DateOnly.FromDateTime(clock.Now);
        await Finds(new() { CreatedBetween = new DayRange(null, today.AddDays(-5)) }, held);
        await Finds(new() { DueBetween = new DayRange(today.AddDays(20), null) }, planned);
        await Finds(new() { DueBetween = new DayRange(today.AddDays(-3), today.AddDays(3)) }, late);
        await Finds(new() { Due = TicketDue.ThisWeek }, late);
    }
}
