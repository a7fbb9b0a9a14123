using MaintenanceApp.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class TicketSessionTests
{
    private static readonly Actor Colleague = new(77, "Éric Bouchard", Roles.Supervisor);

    [Fact]
    public async Task What_was_done_is_said_and_can_be_taken_back()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(TicketStatus.Diagnostic);
        var session = await screen.OpenAsync(ticket);

        await session.MoveAsync(TicketStatus.InProgress);
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.InProgress);
        var toast = screen.Service<ToastMessages>().Current.ShouldNotBeNull();
        Components.Screen.Plain(toast.Sentence).ShouldBe("Statut changé : En cours");

        await toast.Undo!();
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.Diagnostic);
    }

    [Fact]
    public async Task Taking_back_never_undoes_what_somebody_else_did_since()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var session = await screen.OpenAsync(ticket);
        await session.AssignAsync(User.TeamId, "Équipe");
        var undo = screen.Service<ToastMessages>().Current!.Undo!;
        await screen.Service<AssignTicket>().ExecuteAsync(Colleague, ticket.Id, new AssignTicketRequest { AssignedTo = screen.User.Id }, null, CancellationToken.None);

        await undo();
        (await screen.ReadAsync(ticket)).AssignedTo.ShouldBe(screen.User.Id);
        Components.Screen.Plain(screen.Service<ToastMessages>().Current!.Sentence).ShouldBe("Déjà changé par quelqu’un d’autre : rien n’a été annulé.");
    }

    [Fact]
    public async Task A_change_of_something_else_does_not_stand_in_the_way()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var session = await screen.OpenAsync(ticket);
        await screen.Service<ChangeTicketStatus>().ExecuteAsync(Colleague, ticket.Id, new ChangeTicketStatusRequest { Status = TicketStatus.Diagnostic }, null, CancellationToken.None);

        await session.AssignAsync(User.TeamId, "Équipe");
        session.Conflict.ShouldBeNull();
        var now = await screen.ReadAsync(ticket);
        (now.AssignedTo, now.Status).ShouldBe((User.TeamId, TicketStatus.Diagnostic));
    }

    [Fact]
    public async Task Both_changing_the_same_shows_what_the_other_did_and_lets_me_choose()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var session = await screen.OpenAsync(ticket);
        await screen.Service<ChangeTicketStatus>().ExecuteAsync(Colleague, ticket.Id, new ChangeTicketStatusRequest { Status = TicketStatus.Completed }, null, CancellationToken.None);

        await session.MoveAsync(TicketStatus.InProgress);
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.Completed);
        var conflict = session.Conflict.ShouldNotBeNull();
        conflict.Theirs.ShouldHaveSingleItem().NewStatus.ShouldBe(TicketStatus.Completed);

        await conflict.Repeat!();
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.InProgress);
    }

    [Fact]
    public async Task Two_people_may_edit_different_fields()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(title: "Ancien titre", description: "Ancienne description");
        var session = await screen.OpenAsync(ticket);
        var seen = session.Detail!;
        var theirs = await screen.OpenAsync(ticket);
        await theirs.RetitleAsync(theirs.Detail!, "Leur titre");
        await theirs.PrioritizeAsync(TicketPriority.Critical);

        (await session.DescribeAsync(seen, "Ma description")).ShouldBeTrue();
        var now = await screen.ReadAsync(ticket);
        (now.Title, now.Description, now.Priority).ShouldBe(("Leur titre", "Ma description", TicketPriority.Critical));
    }

    [Fact]
    public async Task Editing_the_same_text_keeps_mine_and_saves_it_only_when_asked()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(description: "Ancienne description");
        var session = await screen.OpenAsync(ticket);
        var seen = session.Detail!;
        var theirs = await screen.OpenAsync(ticket);
        await theirs.DescribeAsync(theirs.Detail!, "Leur description");
        await theirs.MoveAsync(TicketStatus.InProgress);

        (await session.DescribeAsync(seen, "Ma description")).ShouldBeFalse();
        session.Conflict!.Mine.ShouldBe("Ma description");
        session.Conflict.ShouldNotBeNull().Theirs.ShouldHaveSingleItem().NewValue.ShouldBe("Leur description");
        (await screen.ReadAsync(ticket)).Description.ShouldBe("Leur description");

        (await session.DescribeAsync(session.Detail!, "Ma description")).ShouldBeTrue();
        (await screen.ReadAsync(ticket)).Description.ShouldBe("Ma description");
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_in_the_language_of_the_screen()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Viewer, "en-CA");
        var session = await screen.OpenAsync(await screen.Given.Ticket());
        session.MayWork.ShouldBeFalse();

        await session.MoveAsync(TicketStatus.Completed);
        session.Problem.ShouldBe(new TicketProblem(TicketArea.Status, "You lack this permission: move the status of tickets."));
        session.Ticket.Status.ShouldBe(TicketStatus.Received);
    }

    [Fact]
    public async Task A_trashed_ticket_is_read_only_until_it_is_restored()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var session = await screen.OpenAsync(await screen.Given.Ticket());
        await session.TrashAsync();
        (session.IsTrashed, session.MayPlan, session.MayWork, session.MayEdit, session.MayComment).ShouldBe((true, false, false, false, false));

        await screen.Service<ToastMessages>().Current!.Undo!();
        (session.IsTrashed, session.MayPlan).ShouldBe((false, true));
    }
}
