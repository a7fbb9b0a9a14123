using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tests.Tickets.Pages;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Calendar;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets.Calendar;

public sealed class PlanTicketTests
{
    private static readonly Actor Colleague = new(77, "Éric Bouchard", Roles.Supervisor);
    private static readonly DateTime Friday = new(2025, 11, 14, 14, 0, 0, DateTimeKind.Utc);

    [Theory, BothDatabases]
    public async Task Date_and_person_are_set_together_or_not_at_all(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database);
        var (ticket, change) = (await host.Given.Ticket(), host.Service<ChangeTickets>());
        Task<ChangeResult> PlanAsync(PlanChange wanted, PlanChange seen) =>
            change.ExecuteAsync(Given.Planner, [new WantedChange(ticket.Id, wanted, seen)], CancellationToken.None);
        var unplanned = new PlanChange(null, null);
        await Should.ThrowAsync<InvalidInputException>(() => PlanAsync(new PlanChange(Friday, 999), unplanned));
        (await ReadAsync(host, ticket)).Plan.ShouldBe(unplanned);

        (await PlanAsync(new PlanChange(Friday, User.TeamId), unplanned)).Done.Count.ShouldBe(1);
        (await ReadAsync(host, ticket)).Plan.ShouldBe(new PlanChange(Friday, User.TeamId));
        (await PlanAsync(new PlanChange(Friday.AddDays(1), null), unplanned)).Skipped.ShouldBe(new Dictionary<ChangeSkip, int> { [ChangeSkip.Overtaken] = 1 });
        (await ReadAsync(host, ticket)).Plan.ShouldBe(new PlanChange(Friday, User.TeamId));
    }

    [Theory]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Technician)]
    [InlineData(Roles.Viewer)]
    public async Task Who_may_not_plan_is_refused_by_the_use_case(string role)
    {
        await using var screen = await TicketScreen.CreateAsync(role);
        var ticket = await screen.Given.Ticket();
        var change = screen.Service<ChangeTickets>();
        var refused = await change.ExecuteAsync(screen.Actor, [new WantedChange(ticket.Id, new PlanChange(Friday, null))], CancellationToken.None);
        refused.Refusal.ShouldBeOfType<ForbiddenException>().Permission.ShouldBe(Permissions.PlanTickets);
        await Should.ThrowAsync<InvalidInputException>(() => change.ExecuteAsync(
            Given.Planner, [new WantedChange(ticket.Id, new PlanChange(Friday.AddYears(200), null))], CancellationToken.None));
    }

    [Fact]
    public async Task What_was_done_says_whether_it_notifies_and_goes_back_in_one_step()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var (planning, seen) = (screen.Service<PlanWithUndo>(), await SeenAsync(screen, ticket));
        var reloads = 0;
        Task Reload() => Task.FromResult(reloads++);

        (await planning.ExecuteAsync(screen.Actor, seen, new PlanChange(Friday, screen.User.Id), Reload)).ShouldBeNull();
        var toast = screen.Service<ToastMessages>().Current.ShouldNotBeNull();
        Screen.Plain(toast.Sentence).ShouldBe("Planifié : Anne Roy, ven. 9 h. Notification réarmée : ven. 9 h, si le travail n’est pas commencé.");
        (await SeenAsync(screen, ticket)).Plan.ShouldBe(new PlanChange(Friday, screen.User.Id));

        await toast.Undo!();
        (await SeenAsync(screen, ticket)).Plan.ShouldBe(seen.Plan);
        reloads.ShouldBe(1);
    }

    [Theory]
    [InlineData(TicketStatus.Received, true, false, "Pas de notification : personne n’est assigné.")]
    [InlineData(TicketStatus.InProgress, true, true, "Pas de notification : le travail est commencé.")]
    [InlineData(TicketStatus.Received, false, true, "Pas de notification : aucune date.")]
    public async Task A_plan_that_does_not_notify_says_why(TicketStatus status, bool hasDate, bool hasPerson, string sentence)
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(status, assignedTo: hasPerson ? null : 0, scheduled: hasDate ? null : Friday);
        var plan = new PlanChange(hasDate ? Friday : null, hasPerson ? User.TeamId : null);
        (await screen.Service<PlanWithUndo>().ExecuteAsync(screen.Actor, await SeenAsync(screen, ticket), plan, () => Task.CompletedTask)).ShouldBeNull();
        Screen.Plain(screen.Service<ToastMessages>().Current!.Sentence).ShouldEndWith(sentence);
    }

    [Fact]
    public async Task A_notification_of_this_morning_keeps_it_silent_for_a_day()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.OverdueTicket(TimeSpan.FromHours(5));
        await screen.Given.Notification(ticket, createdAt: screen.Screen.At("2025-11-12 09:35"));
        await screen.Service<PlanWithUndo>().ExecuteAsync(
            screen.Actor, await SeenAsync(screen, ticket), new PlanChange(screen.Screen.At("2025-11-12 16:00"), User.TeamId), () => Task.CompletedTask);
        Screen.Plain(screen.Service<ToastMessages>().Current!.Sentence).ShouldContain("Notification inchangée : demain 9 h 35.");
    }

    [Fact]
    public async Task A_colleagues_plan_is_not_overwritten_and_another_change_does_not_stand_in_the_way()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var (planning, seen) = (screen.Service<PlanWithUndo>(), await SeenAsync(screen, ticket));
        await screen.Service<ChangeTicketStatus>().ExecuteAsync(
            Colleague, ticket.Id, new ChangeTicketStatusRequest { Status = TicketStatus.Diagnostic }, null, CancellationToken.None);
        (await planning.ExecuteAsync(screen.Actor, seen, new PlanChange(Friday, 0), () => Task.CompletedTask)).ShouldBeNull();
        var undo = screen.Service<ToastMessages>().Current!.Undo!;

        await screen.Service<AssignTicket>().ExecuteAsync(Colleague, ticket.Id, new AssignTicketRequest { AssignedTo = screen.User.Id }, null, CancellationToken.None);
        (await planning.ExecuteAsync(screen.Actor, seen, new PlanChange(Friday.AddDays(1), 0), () => Task.CompletedTask))
            .ShouldNotBeNull().ShouldContain("Anne Roy");
        await undo();
        Screen.Plain(screen.Service<ToastMessages>().Current!.Sentence).ShouldStartWith("Déjà changé par quelqu’un d’autre");
        (await SeenAsync(screen, ticket)).Plan.ShouldBe(new PlanChange(Friday, screen.User.Id));
    }

    private static async Task<CalendarEntry> SeenAsync(TicketScreen screen, Ticket ticket) =>
        (await screen.Service<CalendarQueries>().FindAsync(ticket.Id, CancellationToken.None))!;

    private static async Task<CalendarEntry> ReadAsync(AppHost host, Ticket ticket) =>
        (await host.Service<CalendarQueries>().FindAsync(ticket.Id, CancellationToken.None))!;
}
