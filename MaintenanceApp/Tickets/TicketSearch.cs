using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>
/// What somebody typed into a search box. Most words are looked for in the text; some mean a condition, in both
/// languages: <c>en retard</c> (<c>overdue</c>), <c>priorité:critique</c> (<c>priority:critical</c>), <c>statut:reçue</c>.
/// </summary>
/// <param name="Words">Folded; a ticket must hold them all.</param>
/// <param name="IsOverdue">Only late tickets.</param>
/// <param name="Priorities">Empty = any.</param>
/// <param name="Statuses">Empty = any.</param>
public sealed record TicketSearch(
    IReadOnlyList<string> Words, bool IsOverdue, IReadOnlyList<TicketPriority> Priorities, IReadOnlyList<TicketStatus> Statuses)
{
    private const int MaxWords = 10;

    private static readonly string[] OverdueWords = ["en retard", "overdue"];

    public static TicketSearch Parse(string? text)
    {
        // Spaces around, so that « en retard » is not found inside other words.
        var folded = $" {string.Join(' ', SearchText.Words(PastedNumber.Unwrap(text)))} ";
        var isOverdue = false;
        foreach (var phrase in OverdueWords)
        {
            var without = folded.Replace($" {phrase} ", " ", StringComparison.Ordinal);
            (isOverdue, folded) = (isOverdue || without != folded, without);
        }

        var (words, priorities, statuses) = (new List<string>(), new List<TicketPriority>(), new List<TicketStatus>());
        foreach (var word in folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            var parts = word.Split(':', 2);
            if (parts is ["priorite" or "priority", var urgency] && SearchVocabulary.Priority(urgency) is { } priority)
            {
                priorities.Add(priority);
            }
            else if (parts is ["statut" or "status", var step] && SearchVocabulary.Status(step) is { } status)
            {
                statuses.Add(status);
            }
            else
            {
                words.Add(word);
            }
        }

        return new([.. words.Take(MaxWords)], isOverdue, priorities, statuses);
    }

    /// <summary>Each word must occur in the ticket's own text, or be part of the name of its machine or assignee.</summary>
    /// <param name="db">For the names.</param>
    /// <param name="tickets">What is searched.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellationToken">Stops the query of the names.</param>
    internal async Task<IQueryable<Ticket>> WhereAsync(AppDb db, IQueryable<Ticket> tickets, DateTime now, CancellationToken cancellationToken)
    {
        tickets = IsOverdue ? tickets.Where(TicketRules.IsOverdue(now)) : tickets;
        tickets = Priorities.Count > 0 ? tickets.Where(ticket => Priorities.Contains(ticket.Priority)) : tickets;
        tickets = Statuses.Count > 0 ? tickets.Where(ticket => Statuses.Contains(ticket.Status)) : tickets;
        if (Words.Count == 0)
        {
            return tickets;
        }

        // Few rows beside the tickets: their names are folded here instead of being copied into every ticket.
        var machines = await db.Machines.AsNoTracking()
            .Select(machine => new { machine.Id, Name = machine.MachineType + " " + machine.Model }).ToListAsync(cancellationToken);
        var people = await db.Users.AsNoTracking()
            .Select(user => new { user.Id, Name = user.FullName }).ToListAsync(cancellationToken);
        foreach (var word in Words)
        {
            var machineIds = machines.Where(machine => Holds(machine.Name, word)).Select(machine => (int?)machine.Id).ToList();
            var userIds = people.Where(person => Holds(PersonName.Of(person.Id, person.Name), word)).Select(person => (int?)person.Id).ToList();
            tickets = tickets.Where(ticket => ticket.SearchText.Contains(word) || machineIds.Contains(ticket.MachineId) || userIds.Contains(ticket.AssignedTo));
        }

        return tickets;
    }

    private static bool Holds(string? name, string word) => SearchText.Fold(name).Contains(word, StringComparison.Ordinal);
}
