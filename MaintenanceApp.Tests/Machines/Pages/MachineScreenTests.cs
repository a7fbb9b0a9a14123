using MaintenanceApp.Machines;
using MaintenanceApp.Machines.Pages;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Tests.Machines.Pages;

/// <summary>The register's filter and order.</summary>
public sealed class MachineScreenTests
{
    private static readonly MachineCard Oven = Card(1, "Four", "Four de trempe", "FOUR-001", "Traitement", MachineStatus.OutOfService, 0);
    private static readonly MachineCard Edger = Card(2, "Polisseuse", "Double Edger", "PDE-001", "Polissage", MachineStatus.Operational, 2);
    private static readonly MachineCard Other = Card(3, "Autre", "Été", null, null, MachineStatus.Operational, 0);

    [Fact]
    public void Machines_in_trouble_come_first() =>
        MachineListUrl.Parse(null, null, null, null).Of([Other, Oven, Edger]).ShouldBe([Edger, Oven, Other]);

    [Theory]
    [InlineData("ete", null, null, null, 3)]
    [InlineData("pde 001", null, null, null, 2)]
    [InlineData("pde-001 polissage", null, null, null, 2)]
    [InlineData(null, "out_of_service", null, null, 1)]
    [InlineData(null, null, "Polissage", null, 2)]
    [InlineData(null, null, null, "yes", 2)]
    public void A_filter_leaves_what_it_names(string? text, string? status, string? location, string? late, int expected)
    {
        var found = MachineListUrl.Parse(text, status, location, late).Of([Oven, Edger, Other]);
        found.Select(card => card.Machine.Id).ShouldBe([expected]);
    }

    [Fact]
    public void The_address_leaves_out_what_is_as_usual()
    {
        MachineListUrl.Parse(" ", "inconnu", "", "no").ToString().ShouldBe("/machines");
        MachineListUrl.Parse("a&b", "maintenance", "Atelier 1", "yes").ToString().ShouldBe("/machines?q=a%26b&status=maintenance&location=Atelier%201&late=yes");
        MachineListUrl.TicketsOf(5, "overdue").ShouldBe("/tickets?view=overdue&machine=5");
    }

    private static MachineCard Card(int id, string type, string model, string? serial, string? location, MachineStatus status, int overdue) =>
        new(new MachineRow(id, type, model, serial, location, status, default, default, 0), new MachineTickets(overdue, overdue, null));
}
