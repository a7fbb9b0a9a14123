using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.DefaultViews;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets.DefaultViews;

public sealed class DefaultViewTests
{
    private readonly FakeClock clock = new();

    [Theory, BothDatabases]
    public async Task One_s_own_choice_comes_before_the_role_s_and_a_view_that_is_gone_before_neither(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var scene = new Scene(database, clock);
        var (admin, marc) = (await scene.PersonAsync(Roles.Admin), await scene.PersonAsync(Roles.Technician));
        (await scene.OpensAsync(marc)).ShouldBeNull();

        await scene.SetRole.ExecuteAsync(admin, Roles.Technician, DefaultView.Of(TicketView.Mine), CancellationToken.None);
        await scene.SetRole.ExecuteAsync(admin, Roles.Technician, DefaultView.Of(TicketView.Critical), CancellationToken.None);
        (await scene.OpensAsync(marc)).ShouldBe("/tickets?view=critical");
        (await scene.OpensAsync(admin)).ShouldBeNull("another role");

        var own = await scene.Create.ExecuteAsync(marc, new SavedViewRequest { Name = "Four", Query = "machine=3&cols=status" }, CancellationToken.None);
        await scene.Choose.ExecuteAsync(marc, DefaultView.OfSaved(own), CancellationToken.None);
        (await scene.OpensAsync(marc)).ShouldBe($"/tickets?machine=3&cols=status&saved={own}");

        await scene.Delete.ExecuteAsync(marc, own, CancellationToken.None);
        (await scene.OpensAsync(marc)).ShouldBe("/tickets?view=critical", "the view is gone: silently the role's");
        await scene.Choose.ExecuteAsync(marc, DefaultView.Of(null), CancellationToken.None);
        (await scene.OpensAsync(marc)).ShouldBe("/tickets?view=all");
        await scene.Choose.ExecuteAsync(marc, DefaultView.Of(TicketView.AllOpen), CancellationToken.None);
        (await scene.OpensAsync(marc)).ShouldBe("/tickets?view=all_open", "a choice against the role's default");
        await scene.Choose.ExecuteAsync(marc, null, CancellationToken.None);
        await scene.SetRole.ExecuteAsync(admin, Roles.Technician, null, CancellationToken.None);
        (await scene.OpensAsync(marc)).ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_shared_view_is_a_default_while_it_is_shared(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var scene = new Scene(database, clock);
        var (admin, marc) = (await scene.PersonAsync(Roles.Admin), await scene.PersonAsync(Roles.Technician));
        var request = new SavedViewRequest { Name = "Nuit", Query = "view=overdue", IsShared = true };
        var shared = await scene.Create.ExecuteAsync(admin, request, CancellationToken.None);

        await scene.SetRole.ExecuteAsync(admin, Roles.Technician, DefaultView.OfSaved(shared), CancellationToken.None);
        (await scene.OpensAsync(marc)).ShouldBe($"/tickets?view=overdue&saved={shared}");
        (await scene.Queries.ByRoleAsync(CancellationToken.None)).ShouldHaveSingleItem().ShouldBe(new(Roles.Technician, DefaultView.OfSaved(shared)));

        request.IsShared = false;
        await scene.Change.ExecuteAsync(admin, shared, request, CancellationToken.None);
        (await scene.OpensAsync(marc)).ShouldBeNull();
        await Should.ThrowAsync<InvalidInputException>(() => scene.Choose.ExecuteAsync(marc, DefaultView.OfSaved(shared), CancellationToken.None));
        await Should.ThrowAsync<InvalidInputException>(() => scene.SetRole.ExecuteAsync(admin, Roles.Viewer, DefaultView.OfSaved(shared), CancellationToken.None));
        await scene.Choose.ExecuteAsync(admin, DefaultView.OfSaved(shared), CancellationToken.None);
    }

    [Fact]
    public async Task Only_administrators_choose_for_a_role_and_other_preferences_stay()
    {
        await using var database = await TestDatabase.CreateAsync();
        var scene = new Scene(database, clock);
        var marc = await scene.PersonAsync(Roles.Supervisor);
        await Should.ThrowAsync<ForbiddenException>(() => scene.SetRole.ExecuteAsync(marc, Roles.Technician, DefaultView.Of(null), CancellationToken.None));
        await Should.ThrowAsync<InvalidInputException>(() => scene.SetRole.ExecuteAsync(marc with { Role = Roles.Admin }, "roi", null, CancellationToken.None));

        await new SavePreferences(database, clock).ExecuteAsync(marc, new Preferences("en-CA", Preferences.Compact, SingleKeys: false), CancellationToken.None);
        await scene.Choose.ExecuteAsync(marc, DefaultView.Of(TicketView.Mine), CancellationToken.None);
        (await new PreferenceQueries(database).FindAsync(marc.UserId, CancellationToken.None)).ShouldBe(new Preferences("en-CA", Preferences.Compact, SingleKeys: false));
        await new SavePreferences(database, clock).ExecuteAsync(marc, Preferences.Usual, CancellationToken.None);
        (await scene.OpensAsync(marc)).ShouldBe("/tickets?view=mine");
    }

    [Theory]
    [InlineData("all_open")]
    [InlineData("all")]
    [InlineData("completed_recently")]
    [InlineData("saved:12")]
    public void A_stored_word_reads_back_as_itself(string word) => DefaultView.Parse(word)!.Word.ShouldBe(word);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("saved:x")]
    [InlineData("saved:")]
    [InlineData("a_view_of_a_later_version")]
    public void A_word_that_means_nothing_is_no_choice(string? word) => DefaultView.Parse(word).ShouldBeNull();

    private sealed class Scene(TestDatabase database, FakeClock clock)
    {
        public DefaultViewQueries Queries { get; } = new(database);

        public ChooseDefaultView Choose { get; } = new(database, clock);

        public SetRoleView SetRole { get; } = new(database, clock);

        public CreateSavedView Create { get; } = new(database, clock);

        public ChangeSavedView Change { get; } = new(database, clock);

        public DeleteSavedView Delete { get; } = new(database);

        public async Task<Actor> PersonAsync(string role)
        {
            var user = await new Given(database, clock).User(role);
            return new Actor(user.Id, user.FullName, user.Role);
        }

        /// <summary>Where an address without anything leads; null = it stays.</summary>
        public async Task<string?> OpensAsync(Actor actor)
        {
            var saved = await new SavedViewQueries(database).ListAsync(actor.UserId, CancellationToken.None);
            return (await Queries.FindAsync(actor, CancellationToken.None)).Among(saved)?.Among(saved)?.ToOpen(null);
        }
    }
}
