using Bunit;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Comments;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class MentionsOnTicketPageTests
{
    [Fact]
    public async Task What_could_not_be_marked_as_read_is_marked_when_the_database_is_back_and_the_page_stays_live()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var database = new Away(screen.Database);
        screen.Screen.Context.Services.AddSingleton(services => new MentionQueries(database, services.GetRequiredService<LiveUpdates>(), screen.Screen.Clock));
        var ticket = await screen.Given.Ticket(title: "Avant");
        var author = await screen.Given.User(Roles.Technician, "Martin Tremblay");
        await screen.Service<CommentOnTicket>().ExecuteAsync(
            new Actor(author.Id, author.FullName, author.Role), ticket.Id, new CommentOnTicketRequest { Comment = "Vu avec @Anne Roy" }, CancellationToken.None);

        database.IsAway = true;
        var page = screen.Screen.Context.Render<TicketPage>(parameters => parameters.Add(ticketPage => ticketPage.TicketId, ticket.TicketId));
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldContain("Avant"));
        database.IsAway = false;
        (await screen.Service<MentionQueries>().UnreadAsync(screen.User.Id, CancellationToken.None)).ShouldBe(1);

        await using (var db = screen.Database.CreateDbContext())
        {
            await db.Tickets.ExecuteUpdateAsync(set => set.SetProperty(row => row.Title, "Après"));
        }

        screen.Service<LiveUpdates>().Publish(new TicketChanged(ticket.Id));
        screen.Screen.Clock.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldContain("Après"));
        await page.WaitForAssertionAsync(() => screen.Service<MentionQueries>().UnreadAsync(screen.User.Id, CancellationToken.None).GetAwaiter().GetResult().ShouldBe(0));
    }

    /// <summary>A database whose server goes away and comes back.</summary>
    private sealed class Away(TestDatabase database) : IDbContextFactory<AppDb>
    {
        public bool IsAway { get; set; }

        public AppDb CreateDbContext() => IsAway ? throw new SqliteException("unable to open database file", 14) : database.CreateDbContext();
    }
}
