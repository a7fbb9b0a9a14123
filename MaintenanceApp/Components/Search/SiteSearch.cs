using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Machines;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Components.Search;

/// <summary>A ticket that was found. Instants are UTC.</summary>
public sealed record FoundTicket(
    string TicketId, string Title, TicketStatus Status, TicketPriority Priority, string? Machine, int? AssignedTo, DateTime? ScheduledDate, DateTime? SnoozedUntil)
{
    /// <summary>The end of the number, which tells tickets apart: it is never cut.</summary>
    public string Tail => TicketId.Split('-') is [_, .., var day, var number] ? $"{day}-{number}" : TicketId;
}

/// <summary>A machine that was found, with its open tickets.</summary>
public sealed record FoundMachine(int Id, string Name, string? Location, MachineStatus Status);

/// <summary>A person that was found; id 0 is the team.</summary>
public sealed record FoundPerson(int Id, string FullName, string? Role);

/// <summary>What was found, at most <see cref="SiteSearch.Size"/> of each kind, the most recent first.</summary>
public sealed record SearchResults(
    SearchPhrase Phrase, IReadOnlyList<FoundTicket> Tickets, bool HasMoreTickets, IReadOnlyList<FoundMachine> Machines, IReadOnlyList<FoundPerson> People);

/// <summary>The one query of the command palette and the top bar: numbers, texts, machines and people, never more than a handful.</summary>
public sealed class SiteSearch(IDbContextFactory<AppDb> database, SiteClock site, TimeProvider clock)
{
    /// <summary>Rows of each kind.</summary>
    public const int Size = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    /// <summary>Waits until the person has paused typing; a newer search cancels this one.</summary>
    /// <exception cref="OperationCanceledException">Something else was typed.</exception>
    public async Task<SearchResults> FindAfterPauseAsync(string typed, Actor actor, CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, clock, cancellationToken);
        return await FindAsync(typed, actor, cancellationToken);
    }

    public async Task<SearchResults> FindAsync(string typed, Actor actor, CancellationToken cancellationToken)
    {
        var phrase = SearchPhrase.Parse(typed);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = actor.Can(Permissions.ReadTickets) ? await TicketsAsync(db, phrase, actor.UserId, cancellationToken) : [];
        var words = phrase.HasConditions ? [] : SearchText.Words(phrase.Text);
        return new SearchResults(
            phrase,
            [.. tickets.Take(Size)],
            tickets.Count > Size,
            words is [] ? [] : await MachinesAsync(db, words, cancellationToken),
            words is [] || !actor.Can(Permissions.ReadUsers) ? [] : await PeopleAsync(db, words, cancellationToken));
    }

    private async Task<List<FoundTicket>> TicketsAsync(AppDb db, SearchPhrase phrase, int userId, CancellationToken cancellationToken)
    {
        var selected = await TicketSelection.At(site, userId).WhereAsync(db, phrase.Filter, cancellationToken);
        var sorted = phrase.Filter.View is TicketView.Overdue or TicketView.DueToday
            ? selected.OrderBy(ticket => ticket.ScheduledDate).ThenBy(ticket => ticket.Id)
            : selected.OrderByDescending(ticket => ticket.UpdatedAt).ThenByDescending(ticket => ticket.Id);
        var found = await Rows(sorted.Take(Size + 1)).ToListAsync(cancellationToken);
        if (!phrase.Text.Any(char.IsAsciiDigit))
        {
            return found;
        }

        // A whole number names one ticket: it comes first, whatever else contains it.
        var number = phrase.Text.ToUpperInvariant();
        var exact = await Rows(db.Tickets.AsNoTracking().Where(ticket => ticket.DeletedAt == null && (ticket.TicketId == phrase.Text || ticket.TicketId == number)))
            .FirstOrDefaultAsync(cancellationToken);
        return exact is null ? found : [exact, .. found.Where(row => row.TicketId != exact.TicketId)];
    }

    private static IQueryable<FoundTicket> Rows(IQueryable<Ticket> tickets) => tickets.Select(ticket => new FoundTicket(
        ticket.TicketId, ticket.Title, ticket.Status, ticket.Priority,
        ticket.Machine == null ? null : MachineLabel.Of(ticket.Machine.MachineType, ticket.Machine.Model),
        ticket.AssignedTo, ticket.ScheduledDate, ticket.SnoozedUntil));

    // Few rows, and no database folds accents as the screens do.
    private static async Task<IReadOnlyList<FoundMachine>> MachinesAsync(AppDb db, string[] words, CancellationToken cancellationToken)
    {
        var machines = await db.Machines.AsNoTracking()
            .OrderByDescending(machine => machine.UpdatedAt).ThenBy(machine => machine.Id)
            .Select(machine => new { machine.Id, machine.MachineType, machine.Model, machine.SerialNumber, machine.Location, machine.Status })
            .ToListAsync(cancellationToken);
        return
        [
            .. machines
                .Where(machine => HasAll($"{machine.MachineType} {machine.Model} {machine.SerialNumber} {machine.Location}", words))
                .Take(Size)
                .Select(machine => new FoundMachine(machine.Id, MachineLabel.Of(machine.MachineType, machine.Model) ?? "", machine.Location, machine.Status)),
        ];
    }

    private static async Task<IReadOnlyList<FoundPerson>> PeopleAsync(AppDb db, string[] words, CancellationToken cancellationToken)
    {
        var people = await db.Users.AsNoTracking()
            .Where(user => user.DeactivatedAt == null)
            .OrderByDescending(user => user.LastLogin != null).ThenByDescending(user => user.LastLogin).ThenBy(user => user.Id)
            .Select(user => new { user.Id, user.FullName, user.Role })
            .ToListAsync(cancellationToken);
        return
        [
            .. people
                .Where(person => HasAll(person.Id == User.TeamId ? PersonName.Team : person.FullName, words))
                .Take(Size)
                .Select(person => new FoundPerson(person.Id, person.FullName, person.Id == User.TeamId ? null : person.Role)),
        ];
    }

    private static bool HasAll(string text, string[] words)
    {
        var folded = SearchText.Fold(text);
        return words.All(word => folded.Contains(word, StringComparison.Ordinal));
    }
}
