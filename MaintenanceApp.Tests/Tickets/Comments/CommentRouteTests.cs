using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Comments;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets.Comments;

public sealed class CommentRouteTests
{
    private readonly FakeClock clock = new();

    [Theory, BothDatabases]
    public async Task A_comment_is_corrected_by_its_author_within_the_window_and_what_it_said_is_kept(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        using var author = await host.CreateClientAs(Roles.Storekeeper);
        using var admin = await host.CreateClientAs(Roles.Admin);
        var ticket = await host.Given.Ticket();
        var id = (int)(await author.Post("/api/comments", new { ticket_id = ticket.Id, comment = "Pièce arivée" })).Json["comment"]!["id"]!;

        clock.Advance(EditComment.Window);
        var edited = await author.Patch($"/api/comments/{id}", new { comment = " Pièce arrivée " });

        edited.Status.ShouldBe(200, edited.Json.ToJsonString());
        ((string?)edited.Json["comment"]!["comment"]).ShouldBe("Pièce arrivée");
        ((string?)edited.Json["comment"]!["edited_at"]).ShouldBe($"{clock.Now:yyyy-MM-dd HH:mm:ss}");
        ((int?)edited.Json["comment"]!["ticket_id"]).ShouldBe(ticket.Id);
        ((string?)(await admin.Get($"/api/comments/{ticket.Id}")).Json["comments"]![0]!["comment"]).ShouldBe("Pièce arrivée");
        (await host.Service<EditComment>().RevisionsAsync(id, CancellationToken.None)).ShouldHaveSingleItem().Comment.ShouldBe("Pièce arivée");

        (await admin.Patch($"/api/comments/{id}", new { comment = "Autre chose" })).Status.ShouldBe(403, "somebody else's");
        clock.Advance(TimeSpan.FromSeconds(1));
        var late = await author.Patch($"/api/comments/{id}", new { comment = "Trop tard" });
        (late.Status, (string?)late.Json["code"]).ShouldBe((409, "comment.too_late"));
        (await host.Service<TicketQueries>().CommentAsync(id, CancellationToken.None))!.Comment.ShouldBe("Pièce arrivée");
    }

    [Fact]
    public async Task What_cannot_be_corrected_is_refused_in_words()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, clock);
        using var author = await host.CreateClientAs(Roles.Supervisor);
        using var viewer = await host.CreateClientAs(Roles.Viewer);
        var ticket = await host.Given.Ticket();
        var id = (int)(await author.Post("/api/comments", new { ticket_id = ticket.Id, comment = "Vu" })).Json["comment"]!["id"]!;

        (await author.Patch("/api/comments/999", new { comment = "Vu" })).Status.ShouldBe(404);
        (await author.Patch("/api/comments/99999999999", new { comment = "Vu" })).Status.ShouldBe(404);
        (await author.Patch($"/api/comments/{ticket.TicketId}", new { comment = "Vu" })).Status.ShouldBe(400, "a comment has no number that people read");
        (await author.Patch($"/api/comments/{id}", new { comment = "  " })).Status.ShouldBe(400);
        (await author.Patch($"/api/comments/{id}", new { comment = new string('a', TicketComment.MaxLength + 1) })).Status.ShouldBe(400);
        (await viewer.Patch($"/api/comments/{id}", new { comment = "Vu" })).Status.ShouldBe(403);
        (await author.Delete($"/api/tickets/{ticket.Id}")).Status.ShouldBe(200);
        ((string?)(await author.Patch($"/api/comments/{id}", new { comment = "Vu et noté" })).Json["code"]).ShouldBe("ticket.in_trash");
    }
}
