using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Machines.Pages;

/// <summary>One row of the register with how its tickets stand.</summary>
public sealed record MachineCard(MachineRow Machine, MachineTickets Tickets)
{
    public string Name => MachineLabel.Of(Machine.MachineType, Machine.Model) ?? Machine.Name;
}

/// <summary>The state of the register as its address: <c>/machines?status=maintenance&amp;late=yes</c>. What is as usual is left out.</summary>
public sealed record MachineListUrl(string? Text, MachineStatus? Status, string? Location, bool IsLate)
{
    public const string Path = "/machines";

    private const string Yes = "yes";

    public bool IsNarrowed => Text is not null || Status is not null || Location is not null || IsLate;

    /// <summary>Reads the query of an address; what means nothing is left out.</summary>
    public static MachineListUrl Parse(string? text, string? status, string? location, string? late) => new(
        Blank.ToNull(text), Snake.TryParse<MachineStatus>(status, out var known) ? known : null, Blank.ToNull(location), late == Yes);

    public static string Of(int id) => $"{Path}/{id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The tickets of a machine in the ticket list.</summary>
    /// <param name="id">The machine.</param>
    /// <param name="view">A view of that list; null = the open ones.</param>
    public static string TicketsOf(int id, string? view = null) =>
        $"/tickets?{(view is null ? "" : $"view={view}&")}machine={id.ToString(CultureInfo.InvariantCulture)}";

    public override string ToString()
    {
        (string Name, string? Value)[] parameters =
            [("q", Text), ("status", Status is { } status ? Snake.Of(status) : null), ("location", Location), ("late", IsLate ? Yes : null)];
        var query = string.Join('&', parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }

    /// <summary>In trouble first: late tickets, then out of service, then by name.</summary>
    public IEnumerable<MachineCard> Of(IEnumerable<MachineCard> cards)
    {
        var words = SearchText.Words(Text);
        return cards
            .Where(card => Status is null || card.Machine.Status == Status)
            .Where(card => Location is null || card.Machine.Location == Location)
            .Where(card => !IsLate || card.Tickets.Overdue > 0)
            .Where(card => words.All(word => SearchText.Fold($"{card.Machine.Name} {card.Machine.SerialNumber} {card.Machine.Location}").Contains(word, StringComparison.Ordinal)))
            .OrderByDescending(card => card.Tickets.Overdue)
            .ThenByDescending(card => card.Machine.Status)
            .ThenBy(card => SearchText.Fold(card.Name), StringComparer.Ordinal);
    }
}
