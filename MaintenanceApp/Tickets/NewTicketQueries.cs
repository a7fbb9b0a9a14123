using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>An open ticket that may already say what somebody is typing. Instants are UTC.</summary>
public sealed record SimilarTicket(int Id, string TicketId, string Title, TicketStatus Status, DateTime CreatedAt, string ReporterName);

/// <summary>What the form of a new ticket asks while somebody fills it in.</summary>
public sealed class NewTicketQueries(IDbContextFactory<AppDb> database)
{
    private const int Looked = 200;
    private const int Shown = 3;
    private const int ReportsLooked = 20;

    /// <summary>Shorter words (de, la, the) say nothing.</summary>
    private const int WordMinLength = 4;

    /// <summary>« convoyeur » and « convoyeurs », « fuite » and « fuites » count as the same.</summary>
    private const int StemLength = 5;

    /// <summary>The machines this account reported on lately, latest first.</summary>
    public async Task<IReadOnlyList<int>> RecentMachinesAsync(int userId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var machines = await db.Tickets.AsNoTracking()
            .Where(ticket => ticket.ReportedBy == userId && ticket.MachineId != null)
            .OrderByDescending(ticket => ticket.CreatedAt)
            .Select(ticket => ticket.MachineId!.Value)
            .Take(ReportsLooked)
            .ToListAsync(cancellationToken);
        return [.. machines.Distinct()];
    }

    /// <summary>
    /// Open tickets on this machine whose title shares at least half of the words of <paramref name="title"/>, and at
    /// least one; the most alike first, at most three.
    /// </summary>
    public async Task<IReadOnlyList<SimilarTicket>> SimilarAsync(int machineId, string title, CancellationToken cancellationToken)
    {
        var wanted = Stems(title);
        if (wanted.Count == 0)
        {
            return [];
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var open = await db.Tickets.AsNoTracking()
            .Where(TicketRules.IsOpen)
            .Where(ticket => ticket.MachineId == machineId)
            .OrderByDescending(ticket => ticket.CreatedAt)
            .Take(Looked)
            .Select(ticket => new SimilarTicket(
                ticket.Id,
                ticket.TicketId,
                ticket.Title,
                ticket.Status,
                ticket.CreatedAt,
                ticket.ReporterName ?? db.Users.Where(user => user.Id == ticket.ReportedBy).Select(user => user.FullName).FirstOrDefault() ?? "N/A"))
            .ToListAsync(cancellationToken);
        return
        [
            .. open
                .Select(ticket => (Ticket: ticket, Shared: Stems(ticket.Title).Count(wanted.Contains)))
                .Where(found => found.Shared > 0 && found.Shared * 2 >= wanted.Count)
                .OrderByDescending(found => found.Shared)
                .ThenByDescending(found => found.Ticket.CreatedAt)
                .Take(Shown)
                .Select(found => found.Ticket),
        ];
    }

    private static HashSet<string> Stems(string title) =>
    [
        .. new string([.. SearchText.Fold(title).Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length >= WordMinLength)
            .Select(word => word[..Math.Min(StemLength, word.Length)]),
    ];
}
