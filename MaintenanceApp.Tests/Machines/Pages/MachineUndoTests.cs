using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Machines;
using MaintenanceApp.Machines.Pages;
using MaintenanceApp.Tests.Tickets.Pages;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Machines.Pages;

public sealed class MachineUndoTests
{
    [Fact]
    public async Task The_machine_that_was_changed_goes_back_not_the_one_opened_since()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Admin);
        var (changed, next) = (await screen.Given.Machine(), await screen.Given.Machine(status: MachineStatus.OutOfService));
        var page = screen.Screen.Context.Render<MachinePage>(parameters => parameters.Add(machine => machine.Id, changed.Id));
        await page.FindAll("button.btn").First(button => button.TextContent.Contains("maintenance", StringComparison.OrdinalIgnoreCase)).ClickAsync();
        var undo = screen.Service<ToastMessages>().Current.ShouldNotBeNull().Undo!;

        page.Render(parameters => parameters.Add(machine => machine.Id, next.Id));
        await page.InvokeAsync(undo);
        (await StatusAsync(screen, changed)).ShouldBe(MachineStatus.Operational);
        (await StatusAsync(screen, next)).ShouldBe(MachineStatus.OutOfService);
        await Should.ThrowAsync<StaleRecordException>(() => page.InvokeAsync(undo), "it is no longer as this change left it");
    }

    private static async Task<MachineStatus> StatusAsync(TicketScreen screen, Machine machine) =>
        (await screen.Service<MachineQueries>().FindAsync(machine.Id, CancellationToken.None))!.Status;
}
