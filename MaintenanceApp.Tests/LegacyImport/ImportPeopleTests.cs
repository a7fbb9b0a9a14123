using MaintenanceApp.Data;
using MaintenanceApp.LegacyImport;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.LegacyImport;

public sealed class ImportPeopleTests
{
    private readonly FakeClock clock = new();

    [Theory, BothDatabases]
    public async Task Addresses_that_differ_only_by_case_stay_two_accounts(DatabaseProvider provider)
    {
        var file = await LegacyFile.CreateAsync();
        await file.User(2, ("email", "Jean@usine.invalid"));
        await file.User(3, ("email", " jean@USINE.invalid "));
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(file, database);

        Reason(report, 2).ShouldBeNull();
        Reason(report, 3).ShouldBe("e-mail 'jean@USINE.invalid' is that of account 2 (upper and lower case are one): imported deactivated as 'jean+doublon-3@USINE.invalid'");
        await using var db = database.CreateDbContext();
        (await db.Users.SingleAsync(user => user.Id == 2)).DeactivatedAt.ShouldBeNull();
        var second = await db.Users.SingleAsync(user => user.Id == 3);
        (second.Email, second.DeactivatedAt).ShouldBe(("jean+doublon-3@USINE.invalid", clock.Now));
        (await Import(file, database)).Of("users").Unchanged.ShouldBe(3);
    }

    [Theory, BothDatabases]
    public async Task Accounts_with_missing_or_unknown_values(DatabaseProvider provider)
    {
        var file = await LegacyFile.CreateAsync();
        await file.User(2, ("role", "sorcier"));
        await file.User(3, ("role", "Admin"));
        await file.User(4, ("email", null));
        await file.User(5, ("password_hash", "SYSTEM_USER_NO_LOGIN"));
        await file.User(6, ("password_hash", "v2:zz:zz"), ("full_name", null), ("last_login", "hier"));
        await file.User(7, ("full_name", new string('n', 130)), ("password_hash", null));
        await file.User(-3);
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(file, database);

        Reason(report, 2).ShouldBe("role 'sorcier' is not known: 'viewer' instead");
        Reason(report, 3).ShouldBe("role 'Admin' is not known: 'admin' instead");
        Reason(report, 4).ShouldBe("it has no e-mail: imported deactivated as 'sans-courriel-4@import.invalid'");
        Reason(report, 5).ShouldBe("its password hash cannot be read: an administrator must set a password");
        Reason(report, 6).ShouldBe("its password hash cannot be read: an administrator must set a password; full_name is empty: 'personne6@usine.invalid' instead; last_login 'hier' is not a date: left empty");
        Reason(report, 7).ShouldBe("its password hash cannot be read: an administrator must set a password; full_name has 130 characters: cut to 100");
        Reason(report, -3).ShouldBe("its id is missing, not a number from 0 to 2147483647, or that of a row before it");
        await using var db = database.CreateDbContext();
        (await db.Users.SingleAsync(user => user.Id == 5)).PasswordHash.ShouldBeNull();
        (await db.Users.SingleAsync(user => user.Id == 2)).Role.ShouldBe(Roles.Viewer);
    }

    [Theory, BothDatabases]
    public async Task The_first_administrator_keeps_its_number_and_the_imported_account_gets_another(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var admin = await new Given(database, clock).User(Roles.Admin, "Première", "premiere@usine.invalid");
        admin.Id.ShouldBe(1);
        var file = await LegacyFile.CreateAsync();
        await file.User(2);
        await file.Ticket(2, ("assigned_to", 1), ("reported_by", 2));
        await file.Timeline(1, ("user_id", 1));

        var report = await Import(file, database);

        Reason(report, 1).ShouldBe("number 1 is another account here: 3 instead");
        await using (var db = database.CreateDbContext())
        {
            (await db.Users.SingleAsync(user => user.Id == 1)).FullName.ShouldBe("Première");
            (await db.Users.SingleAsync(user => user.Id == 3)).Email.ShouldBe("personne1@usine.invalid");
            var ticket = await db.Tickets.SingleAsync(row => row.Id == 2);
            (ticket.AssignedTo, ticket.ReportedBy).ShouldBe((3, 2));
            (await db.TicketTimeline.SingleAsync()).UserId.ShouldBe(3);
            (await db.Users.SingleAsync(user => user.Id == 3)).Email = "nouvelle@usine.invalid";
            await db.SaveChangesAsync();
        }

        var again = await Import(file, database);
        again.Tables.Sum(table => table.Imported).ShouldBe(0);
        (await new Given(database, clock).User()).Id.ShouldBe(4);
    }

    [Theory, BothDatabases]
    public async Task An_account_with_the_same_address_is_the_same_person(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var admin = await new Given(database, clock).User(Roles.Admin, "Administratrice", "PERSONNE2@usine.invalid");
        var file = await LegacyFile.CreateAsync();
        await file.User(2);
        await file.Ticket(2, ("assigned_to", 2), ("reported_by", 1));

        var report = await Import(file, database);

        Reason(report, 2).ShouldBe("account 1 here has the same e-mail and stays as it is; whatever names 2 now names 1");
        await using var db = database.CreateDbContext();
        var ticket = await db.Tickets.SingleAsync(row => row.Id == 2);
        ticket.AssignedTo.ShouldBe(admin.Id);
        (await db.Users.SingleAsync(user => user.Id == ticket.ReportedBy)).Email.ShouldBe("personne1@usine.invalid");
        (await db.Users.SingleAsync(user => user.Id == admin.Id)).PasswordHash.ShouldBe(admin.PasswordHash);
        (await Import(file, database)).Of("users").Unchanged.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task A_number_of_nobody_is_not_taken_for_an_account_that_was_made_here(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        await given.User(email: "premiere@usine.invalid");
        await given.User(email: "deuxieme@usine.invalid");
        var file = await LegacyFile.CreateAsync();
        await file.Ticket(2, ("assigned_to", 2));

        var report = await Import(file, database);

        report.Of("tickets").Rows.Single().Reason.ShouldBe("assigned_to 2 is no longer anybody in the old database but somebody else here: 4 instead");
        (await given.User()).Id.ShouldBe(5);
    }

    [Theory, BothDatabases]
    public async Task Tickets_and_machines_of_others_are_never_mixed_with_the_files(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        await given.Ticket(title: "De la démonstration");
        var file = await LegacyFile.CreateAsync();
        await file.Machine(2);

        var refused = await Should.ThrowAsync<LegacyImportException>(() => Import(file, database));

        refused.Message.ShouldStartWith("Nothing was imported: this database already holds other rows under the same numbers (machines 1, tickets 1), such as demo data.");
        await using var db = database.CreateDbContext();
        (await db.Machines.CountAsync(), await db.Tickets.CountAsync(), await db.Users.CountAsync()).ShouldBe((1, 1, 1));
    }

    private static string? Reason(ImportReport report, int id) =>
        report.Of("users").Rows.SingleOrDefault(row => row.Id == $"{id}")?.Reason;

    private Task<ImportReport> Import(LegacyFile file, TestDatabase database) =>
        LegacyFile.ImportInto(database, clock).ExecuteAsync(file.Path, isDryRun: false, TestContext.Current.CancellationToken);
}
