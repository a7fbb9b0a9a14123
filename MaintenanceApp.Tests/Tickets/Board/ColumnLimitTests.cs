using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tests.Tickets.Pages;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Board;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Tickets.Board;

public sealed class ColumnLimitTests
{
    private static readonly Actor Supervisor = new(3, "Anne Roy", Roles.Supervisor);

    private readonly FakeClock clock = new();

    [Theory, BothDatabases]
    public async Task A_limit_is_kept_replaced_and_removed_and_counts_the_whole_column_whatever_is_filtered(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        await given.Ticket(TicketStatus.InProgress, priority: TicketPriority.Critical);
        await given.Ticket(TicketStatus.InProgress);
        await given.Ticket(TicketStatus.InProgress, inTrash: true);
        await given.Ticket(TicketStatus.Diagnostic);
        var live = new LiveUpdates(NullLogger<LiveUpdates>.Instance);
        var told = 0;
        using var heard = live.Subscribe(message => told += message is BoardChanged ? 1 : 0);
        var set = new SetColumnLimit(database, live, clock);
        var board = new BoardQueries(database, new SiteClock(clock, Options.Create(new SiteOptions())));
        (await LimitAsync(new TicketFilter())).ShouldBeNull();

        await set.ExecuteAsync(Supervisor, TicketStatus.InProgress, 4, CancellationToken.None);
        await set.ExecuteAsync(Supervisor, TicketStatus.InProgress, 1, CancellationToken.None);

        (await LimitAsync(new TicketFilter { Priorities = [TicketPriority.Critical] })).ShouldBe(new BoardLimit(1, 2));
        (await LimitAsync(new TicketFilter { Text = "introuvable" })).ShouldNotBeNull().IsExceeded.ShouldBeTrue();
        (await board.LimitAsync(TicketStatus.InProgress, CancellationToken.None)).ShouldBe(new BoardLimit(1, 2));
        (await board.LimitAsync(TicketStatus.Diagnostic, CancellationToken.None)).ShouldBeNull();

        await set.ExecuteAsync(Supervisor, TicketStatus.InProgress, null, CancellationToken.None);
        await set.ExecuteAsync(Supervisor, TicketStatus.InProgress, null, CancellationToken.None);
        (await LimitAsync(new TicketFilter())).ShouldBeNull();
        told.ShouldBe(4, "open boards read again after each");

        async Task<BoardLimit?> LimitAsync(TicketFilter filter) =>
            (await board.ReadAsync(Supervisor, new BoardQuestion(filter), CancellationToken.None))[TicketStatus.InProgress].Limit;
    }

    [Theory, BothDatabases]
    public async Task Two_first_limits_at_the_same_moment_leave_one(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var set = new SetColumnLimit(database, new LiveUpdates(NullLogger<LiveUpdates>.Instance), clock);
        await Task.WhenAll(Enumerable.Range(1, 8).Select(most => set.ExecuteAsync(Supervisor, TicketStatus.Received, most, CancellationToken.None)));
        Convert.ToInt32(await database.ScalarAsync("SELECT count(*) FROM column_limits WHERE status = 'received' AND most BETWEEN 1 AND 8"), null).ShouldBe(1);
    }

    [Fact]
    public async Task Only_open_columns_have_a_limit_and_only_those_who_run_the_board_set_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var set = new SetColumnLimit(database, new LiveUpdates(NullLogger<LiveUpdates>.Instance), clock);
        Task SetAsync(string role, TicketStatus status, int most) => set.ExecuteAsync(Supervisor with { Role = role }, status, most, CancellationToken.None);

        await SetAsync(Roles.Admin, TicketStatus.Diagnostic, ColumnLimit.Largest);
        await Should.ThrowAsync<ForbiddenException>(() => SetAsync(Roles.Planner, TicketStatus.Diagnostic, 4));
        await Should.ThrowAsync<InvalidInputException>(() => SetAsync(Roles.Supervisor, TicketStatus.Completed, 4));
        await Should.ThrowAsync<InvalidInputException>(() => SetAsync(Roles.Supervisor, TicketStatus.Diagnostic, 0));
        await Should.ThrowAsync<InvalidInputException>(() => SetAsync(Roles.Supervisor, TicketStatus.Diagnostic, ColumnLimit.Largest + 1));
    }

    [Fact]
    public async Task A_limit_is_set_from_the_head_and_taken_back_and_another_open_board_follows()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.Ticket(TicketStatus.InProgress);
        await screen.Given.Ticket(TicketStatus.InProgress);
        var (page, other) = (screen.Screen.Context.Render<BoardPage>(), screen.Screen.Context.Render<BoardPage>());

        page.FindAll(".colhead [aria-haspopup=dialog]").Count.ShouldBe(4);
        await page.Find(".colhead.progress [aria-haspopup=dialog]").ClickAsync();
        await page.WaitForElement("#limit").InputAsync("deux");
        await page.Find(".ask form").SubmitAsync();
        page.Find(".ask .err").TextContent.ShouldBe("Écrivez un nombre de 1 à 999, ou laissez vide.");
        await page.Find("#limit").InputAsync("1");
        await page.Find(".ask form").SubmitAsync();

        page.WaitForAssertion(() => page.FindAll("#limit").ShouldBeEmpty());
        foreach (var board in new[] { page, other })
        {
            board.WaitForAssertion(() => board.Find(".colhead.progress .cnt .limit.over").TextContent.ShouldStartWith("2/1"));
            Components.Screen.Plain(board.Find(".colhead.progress .limit .sr").TextContent).Trim().ShouldBe("Toute la colonne : 2, limite de 1 dépassée");
        }

        var toast = screen.Service<ToastMessages>().Current!;
        Components.Screen.Plain(toast.Sentence).ShouldBe("Limite de « En cours » : 1");
        await page.InvokeAsync(toast.Undo!);
        page.WaitForAssertion(() => page.FindAll(".limit").ShouldBeEmpty());
    }

    [Fact]
    public async Task With_a_filter_the_whole_column_is_said_beside_what_is_shown()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Technician);
        await screen.Given.Ticket(TicketStatus.InProgress, priority: TicketPriority.High);
        await screen.Given.Ticket(TicketStatus.InProgress);
        await SetAsync(screen, TicketStatus.InProgress, 3);
        screen.Service<NavigationManager>().NavigateTo("/board?priority=high");
        var page = screen.Screen.Context.Render<BoardPage>();

        page.Find(".colhead.progress .cnt").TextContent.ShouldStartWith("1");
        var mark = page.Find(".colhead.progress > .limit");
        mark.ClassList.ShouldNotContain("over");
        mark.QuerySelectorAll("[aria-hidden=true]").Select(part => Components.Screen.Plain(part.TextContent)).ShouldBe(["Toute la colonne :", "2/3"]);
        Components.Screen.Plain(mark.QuerySelector(".sr")!.TextContent).Trim().ShouldBe("Toute la colonne : 2, limite de 3");
        page.FindAll(".colhead [aria-haspopup=dialog]").ShouldBeEmpty("a technician does not set limits");
    }

    [Fact]
    public async Task A_move_into_a_full_column_is_done_and_says_so()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.Ticket(TicketStatus.InProgress);
        var ticket = await screen.Given.Ticket();
        await SetAsync(screen, TicketStatus.InProgress, 1);
        var page = screen.Screen.Context.Render<BoardPage>();
        page.Find(".colhead.progress .limit").ClassList.ShouldNotContain("over");

        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, "in_progress", 0));

        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.InProgress);
        var toast = screen.Service<ToastMessages>().Current!;
        toast.Sentence.ShouldBe("Déplacé de Reçue à En cours. Limite de 1 dépassée (2/1)");
        page.Find(".colhead.progress .limit.over").TextContent.ShouldStartWith("2/1");
        await page.InvokeAsync(toast.Undo!);
        screen.Service<ToastMessages>().Current!.Sentence.ShouldBe("C’est annulé.");
    }

    private static Task SetAsync(TicketScreen screen, TicketStatus status, int most) =>
        screen.Service<SetColumnLimit>().ExecuteAsync(Supervisor, status, most, CancellationToken.None);
}
