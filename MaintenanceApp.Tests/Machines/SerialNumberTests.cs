using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Machines;

public sealed class SerialNumberTests
{
    [Theory, BothDatabases]
    public async Task Of_those_who_save_A1_and_a1_in_the_same_instant_one_succeeds(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Supervisor);

        for (var round = 0; round < 3; round++)
        {
            var number = $"{(char)('A' + round)}1";
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => client.Post(
                "/api/machines", new { machine_type = "Four", model = $"Modèle {caller}", serial_number = caller % 2 == 0 ? number : number.ToLowerInvariant() })));

            answers.Count(answer => answer.Status == 201).ShouldBe(1);
            answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && (string)answer.Json["code"]! == "machine.serial_taken");
        }

        await using var db = database.CreateDbContext();
        (await db.Machines.CountAsync(machine => machine.SerialNumber != null)).ShouldBe(3);
    }
}
