using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets;

public sealed class SavedViewTests
{
    private readonly FakeClock clock = new();

    [Theory, BothDatabases]
    public async Task A_view_is_kept_shared_renamed_and_removed_by_its_owner_only(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var (anne, marc) = (await Person(given, "Anne Roy", Roles.Supervisor), await Person(given, "Marc Ouellet", Roles.Technician));
        var (create, change, delete, views) = (new CreateSavedView(database, clock), new ChangeSavedView(database, clock), new DeleteSavedView(database), new SavedViewQueries(database));

        var id = await create.ExecuteAsync(anne, new SavedViewRequest { Name = " Four en retard ", Query = "view=overdue&machine=3" }, CancellationToken.None);
        (await views.ListAsync(marc.UserId, CancellationToken.None)).ShouldBeEmpty();
        (await change.ExecuteAsync(marc, id, new SavedViewRequest { Name = "À moi" }, CancellationToken.None)).ShouldBeFalse();
        (await change.ExecuteAsync(anne, id, new SavedViewRequest { Name = "Four", Query = "view=overdue", IsShared = true }, CancellationToken.None)).ShouldBeTrue();

        var seen = (await views.ListAsync(marc.UserId, CancellationToken.None)).ShouldHaveSingleItem();
        (seen.Name, seen.Query, seen.OwnerName).ShouldBe(("Four", "view=overdue", "Anne Roy"));
        (await delete.ExecuteAsync(marc, id, CancellationToken.None)).ShouldBeFalse();
        (await delete.ExecuteAsync(anne, id, CancellationToken.None)).ShouldBeTrue();
        (await views.ListAsync(anne.UserId, CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_name_is_taken_once_a_person_and_sharing_is_for_those_who_plan(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var (anne, marc) = (await Person(given, "Anne Roy", Roles.Supervisor), await Person(given, "Marc Ouellet", Roles.Technician));
        var create = new CreateSavedView(database, clock);
        await create.ExecuteAsync(anne, new SavedViewRequest { Name = "Four" }, CancellationToken.None);
        await create.ExecuteAsync(marc, new SavedViewRequest { Name = "Four" }, CancellationToken.None);
        (await Should.ThrowAsync<RuleException>(() => create.ExecuteAsync(anne, new SavedViewRequest { Name = "Four" }, CancellationToken.None))).Code.ShouldBe("view.name_taken");
        await Should.ThrowAsync<ForbiddenException>(() => create.ExecuteAsync(marc, new SavedViewRequest { Name = "Tous", IsShared = true }, CancellationToken.None));
    }

    [Fact]
    public async Task The_look_of_the_list_is_remembered_for_each_person()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, clock);
        var anne = await Person(given, "Anne Roy", Roles.Supervisor);
        var looks = new RememberListLook(database, clock);
        (await looks.ReadAsync(anne.UserId, CancellationToken.None)).ShouldBe(ListLook.Usual);
        await looks.ExecuteAsync(anne, new ListLook("status,due", true), CancellationToken.None);
        await looks.ExecuteAsync(anne, new ListLook("status", true), CancellationToken.None);
        (await looks.ReadAsync(anne.UserId, CancellationToken.None)).ShouldBe(new ListLook("status", true));
        (await looks.ReadAsync(anne.UserId + 1, CancellationToken.None)).ShouldBe(ListLook.Usual);
    }

    private static async Task<Actor> Person(Given given, string name, string role)
    {
        var user = await given.User(role, name);
        return new Actor(user.Id, user.FullName, user.Role);
    }
}
