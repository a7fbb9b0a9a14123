using Bunit;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tests.Tickets.Pages;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Comments;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Tickets.Comments;

public sealed class CommentTests
{
    [Fact]
    public async Task Who_is_mentioned_is_told_once_and_never_about_their_own_comment()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var martin = await screen.Given.User(Roles.Technician, "Martin Tremblay");
        var gone = await screen.Given.User(Roles.Technician, "Luc Parti");
        await using (var db = screen.Database.CreateDbContext())
        {
            await db.Users.Where(user => user.Id == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.DeactivatedAt, screen.Screen.Clock.Now));
        }

        var mentions = screen.Service<MentionQueries>();
        var comment = screen.Service<CommentOnTicket>();

        var written = await comment.ExecuteAsync(
            screen.Actor, ticket.Id, new CommentOnTicketRequest { Comment = "Vu avec @martin tremblay, @Anne Roy et @Luc Parti ; pas avec x@Martin Tremblaysson." }, CancellationToken.None);
        (await mentions.UnreadAsync(martin.Id, CancellationToken.None)).ShouldBe(1);
        (await mentions.UnreadAsync(screen.User.Id, CancellationToken.None)).ShouldBe(0);
        (await mentions.UnreadAsync(gone.Id, CancellationToken.None)).ShouldBe(0);
        var row = (await mentions.OfAsync(martin.Id, CancellationToken.None)).ShouldHaveSingleItem();
        (row.TicketId, row.AuthorName, row.CommentId).ShouldBe((ticket.TicketId, "Anne Roy", written!.Id));

        // Corrected, the same person is not told again.
        await screen.Service<EditComment>().ExecuteAsync(screen.Actor, written.Id, new CommentOnTicketRequest { Comment = "Vu avec @Martin Tremblay." }, CancellationToken.None);
        await mentions.MarkReadAsync(martin.Id, ticket.Id, CancellationToken.None);
        (await mentions.UnreadAsync(martin.Id, CancellationToken.None)).ShouldBe(0);
        (await mentions.OfAsync(martin.Id, CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_comment_is_corrected_by_its_author_for_a_quarter_of_an_hour_and_keeps_what_it_said()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var written = await screen.Service<CommentOnTicket>().ExecuteAsync(screen.Actor, ticket.Id, new CommentOnTicketRequest { Comment = "Pièce comandée" }, CancellationToken.None);
        var edit = screen.Service<EditComment>();
        Task<bool> EditAsync(Actor actor, string text) => edit.ExecuteAsync(actor, written!.Id, new CommentOnTicketRequest { Comment = text }, CancellationToken.None);

        screen.Screen.Clock.Advance(TimeSpan.FromMinutes(15));
        (await EditAsync(screen.Actor, "Pièce commandée")).ShouldBeTrue();
        (await EditAsync(screen.Actor, "Pièce commandée")).ShouldBeTrue();
        (await edit.RevisionsAsync(written!.Id, CancellationToken.None)).ShouldHaveSingleItem().Comment.ShouldBe("Pièce comandée");
        (await screen.Service<TicketQueries>().CommentsAsync(ticket.Id, CancellationToken.None)).ShouldHaveSingleItem().EditedAt.ShouldBe(screen.Screen.Clock.Now);

        await Should.ThrowAsync<ForbiddenException>(() => EditAsync(new Actor(77, "Éric", Roles.Admin), "Autre chose"));
        screen.Screen.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Should.ThrowAsync<RuleException>(() => EditAsync(screen.Actor, "Trop tard"))).Code.ShouldBe("comment.too_late");
    }

    [Fact]
    public async Task Markdown_is_shown_and_everything_else_stays_text()
    {
        await using var screen = new Screen();
        string Show(string comment, params string[] mentioned) => screen.Context.Render<CommentBody>(set => set
            .Add(it => it.Comment, comment).Add(it => it.Mentioned, mentioned)).Find("blockquote").InnerHtml.Trim();

        Show("**Urgent** : *four* 3").ShouldContain("<strong>Urgent</strong> : <em>four</em> 3");
        Show("3 * 4 * 5 et snake_case_ici").ShouldContain("3 * 4 * 5 et snake_case_ici");
        Show("À faire :\n- vis M8\n- joint").ShouldContain("<ul><li>vis M8</li><li>joint</li></ul>");
        Show("1. couper\n2. purger").ShouldContain("<ol><li>couper</li><li>purger</li></ol>");
        Show("Voir https://exemple.ca/a?b=1&c=2.").ShouldContain("href=\"https://exemple.ca/a?b=1&amp;c=2\"");
        Show("[la fiche](https://exemple.ca/f)").ShouldContain(">la fiche</a>");
        Show("[clic](javascript:alert(1)) et [x](data:text/html,y)").ShouldNotContain("<a");
        Show("<img src=x onerror=alert(1)> <script>").ShouldContain("&lt;img src=x onerror=alert(1)&gt; &lt;script&gt;");
        Show("[<b>](https://exemple.ca/\"onmouseover=alert(1))").ShouldNotContain("onmouseover=\"");
        Show("@Martin Tremblay, regarde", "Martin Tremblay").ShouldContain("<span class=\"mention\">@Martin Tremblay</span>, regarde");
        Show("**" + new string('*', 1990)).ShouldContain("***");
    }

    [Fact]
    public async Task A_long_thread_shows_the_newest_and_gives_the_rest_on_demand()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        await using (var db = screen.Database.CreateDbContext())
        {
            db.AddRange(Enumerable.Range(1, 40).Select(number => new TicketComment(ticket.Id, screen.Actor, $"Commentaire {number}", screen.Screen.Clock.Now.AddMinutes(number))));
            await db.SaveChangesAsync();
        }

        var page = screen.Screen.Context.Render<TicketPage>(set => set.Add(it => it.TicketId, ticket.TicketId));
        page.FindAll(".timeline > li").Count.ShouldBe(TicketSession.FirstEntries);
        page.Find(".timeline > li .said").TextContent.Trim().ShouldBe("Commentaire 40");
        Screen.Plain(page.Find(".more button").TextContent).ShouldBe($"Afficher plus ({41 - TicketSession.FirstEntries})");
        page.Find(".tl-tabs button[aria-pressed=true]").TextContent.ShouldBe("Tout 41");

        await page.Find(".more button").ClickAsync();
        page.WaitForAssertion(() => page.FindAll(".timeline > li").Count.ShouldBe(41));
        page.FindAll(".more").ShouldBeEmpty();
    }
}
