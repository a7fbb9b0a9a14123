using MaintenanceApp.Components;
using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets.Pages;

/// <summary>« Annuler » belongs to the ticket that was changed, whatever is open when it is pressed.</summary>
public sealed class UndoTests
{
    [Fact]
    public async Task A_move_is_taken_back_on_the_ticket_that_was_moved_not_on_the_one_opened_since()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var (changed, next) = (await screen.Given.Ticket(TicketStatus.Diagnostic), await screen.Given.Ticket(TicketStatus.InProgress));
        var session = await screen.OpenAsync(changed);
        await session.MoveAsync(TicketStatus.InProgress);
        var undo = screen.Service<ToastMessages>().Current!.Undo!;

        await session.OpenAsync(next.TicketId, screen.Actor, CancellationToken.None);
        await undo();
        (await screen.ReadAsync(changed)).Status.ShouldBe(TicketStatus.Diagnostic);
        (await screen.ReadAsync(next)).Status.ShouldBe(TicketStatus.InProgress);
        session.Ticket.TicketId.ShouldBe(next.TicketId);
        session.LastSave.ShouldBeNull("nothing of the ticket on the screen was saved");
    }

    [Fact]
    public async Task A_ticket_comes_back_from_the_trash_from_the_next_ticket_too()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var (trashed, next) = (await screen.Given.Ticket(), await screen.Given.Ticket());
        var session = await screen.OpenAsync(trashed);
        await session.TrashAsync();
        var undo = screen.Service<ToastMessages>().Current!.Undo!;

        await session.OpenAsync(next.TicketId, screen.Actor, CancellationToken.None);
        await undo();
        (await screen.Service<TicketQueries>().FindAsync(trashed.Id, CancellationToken.None))!.DeletedAt.ShouldBeNull();
        session.IsTrashed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("priority")]
    [InlineData("assignee")]
    [InlineData("date")]
    [InlineData("snooze")]
    [InlineData("title")]
    [InlineData("description")]
    [InlineData("machine")]
    [InlineData("reporter")]
    public async Task Whatever_was_changed_is_taken_back_after_going_on(string what)
    {
        await using var screen = await TicketScreen.CreateAsync();
        var (person, machine) = (await screen.Given.User(), await screen.Given.Machine());
        var (changed, next) = (await screen.Given.OverdueTicket(title: "Avant"), await screen.Given.OverdueTicket(title: "Autre"));
        var (before, other) = (await screen.ReadAsync(changed), await screen.ReadAsync(next));
        var session = await screen.OpenAsync(changed);
        var due = screen.Screen.Clock.Now.AddDays(3);
        (await (what switch
        {
            "priority" => session.PrioritizeAsync(TicketPriority.Critical),
            "assignee" => session.AssignAsync(person.Id, person.FullName),
            "date" => session.RescheduleAsync(due, "dans trois jours"),
            "snooze" => session.SnoozeAsync(due, "Pièce commandée", "dans trois jours"),
            "title" => session.RetitleAsync(session.Detail!, "Après"),
            "description" => session.DescribeAsync(session.Detail!, "Une autre description"),
            "machine" => session.ChangeMachineAsync(machine.Id, "Four"),
            _ => session.NameReporterAsync(session.Detail!, "Quelqu’un"),
        })).ShouldBeTrue();
        var undo = screen.Service<ToastMessages>().Current!.Undo!;

        await session.OpenAsync(next.TicketId, screen.Actor, CancellationToken.None);
        await undo();
        Values(await screen.ReadAsync(changed)).ShouldBe(Values(before));
        Values(await screen.ReadAsync(next)).ShouldBe(Values(other));
        (await screen.ReadAsync(next)).Version.ShouldBe(other.Version);
        Components.Screen.Plain(screen.Service<ToastMessages>().Current!.Sentence).ShouldBe("C’est annulé.");
    }

    [Fact]
    public async Task An_answer_for_the_last_ticket_is_not_shown_under_the_address_of_the_next()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var (first, second) = (await screen.Given.Ticket(title: "Premier"), await screen.Given.Ticket(title: "Second"));
        var session = screen.Service<TicketSession>();
        var slow = screen.Database.HoldNext();
        var opening = session.OpenAsync(first.TicketId, screen.Actor, CancellationToken.None);
        await slow.Reached;

        await session.OpenAsync(second.TicketId, screen.Actor, CancellationToken.None);
        slow.Release();
        await opening;
        session.Ticket.Title.ShouldBe("Second");
    }

    [Fact]
    public async Task What_was_refused_for_the_last_ticket_is_said_and_not_put_on_the_next()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var (first, second) = (await screen.Given.Ticket(title: "Premier"), await screen.Given.Ticket(title: "Second"));
        var session = await screen.OpenAsync(first);
        await screen.Service<ChangeTicketStatus>().ExecuteAsync(
            Given.Planner, first.Id, new ChangeTicketStatusRequest { Status = TicketStatus.Completed }, null, CancellationToken.None);
        var slow = screen.Database.HoldNext();
        var moving = session.MoveAsync(TicketStatus.InProgress);
        await slow.Reached;

        await session.OpenAsync(second.TicketId, screen.Actor, CancellationToken.None);
        session.IsBusy.ShouldBeFalse("the next ticket may be changed at once");
        slow.Release();
        (await moving).ShouldBeFalse();
        (session.Ticket.Title, session.Conflict, session.Problem).ShouldBe(("Second", null, null));
        screen.Service<ToastMessages>().Current.ShouldNotBeNull().Href.ShouldBe(TicketUrl.Of(first.TicketId));
        (await screen.ReadAsync(first)).Status.ShouldBe(TicketStatus.Completed);
    }

    private static object Values(TicketRow row) => (
        row.Status, row.Priority, row.AssignedTo, row.ScheduledDate, row.SnoozedUntil, row.Title, row.Description, row.MachineId, row.ReporterName);
}
