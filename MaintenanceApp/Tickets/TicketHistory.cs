using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Reads a ticket's timeline and puts names to the ids in it.</summary>
internal static class TicketHistory
{
    /// <summary>The newest so many, oldest first.</summary>
    public static async Task<IReadOnlyList<TimelineRow>> ReadAsync(AppDb db, int ticketId, int newest, CancellationToken cancellationToken)
    {
        var entries = await db.TicketTimeline.AsNoTracking()
            .Where(entry => entry.TicketId == ticketId)
            .OrderByDescending(entry => entry.CreatedAt).ThenByDescending(entry => entry.Id)
            .Take(newest)
            .ToListAsync(cancellationToken);
        entries.Reverse();
        var userIds = entries.Select(entry => (int?)entry.UserId).Concat(Ids(entries, TimelineAction.Assigned)).OfType<int>().Distinct().ToList();
        var machineIds = Ids(entries, TimelineAction.MachineChanged).OfType<int>().Distinct().ToList();
        var people = await db.Users.AsNoTracking().Where(user => userIds.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.FullName, cancellationToken);
        var machines = await db.Machines.AsNoTracking().Where(machine => machineIds.Contains(machine.Id))
            .ToDictionaryAsync(machine => machine.Id, machine => machine.MachineType + " " + machine.Model, cancellationToken);

        return
        [
            .. entries.Select(entry => new TimelineRow(
                entry.Id,
                entry.CreatedAt,
                entry.UserId,
                PersonName.Of(entry.UserId, people.GetValueOrDefault(entry.UserId))!,
                entry.Action,
                Status(entry.OldStatus),
                Status(entry.NewStatus),
                entry.OldValue,
                entry.NewValue,
                NameOf(entry.Action, entry.OldValue),
                NameOf(entry.Action, entry.NewValue),
                entry.Comment)),
        ];

        string? NameOf(string action, string? value) => (action, Id(value)) switch
        {
            (TimelineAction.Assigned, { } id) => PersonName.Of(id, people.GetValueOrDefault(id)),
            (TimelineAction.MachineChanged, { } id) => machines.GetValueOrDefault(id),
            _ => null,
        };
    }

    /// <summary>The same comments, with the names of whom they mention.</summary>
    public static async Task<IReadOnlyList<TicketCommentRow>> WithMentionsAsync(
        AppDb db, int ticketId, IReadOnlyList<TicketCommentRow> comments, CancellationToken cancellationToken)
    {
        if (!comments.Any(comment => comment.Comment.Contains('@', StringComparison.Ordinal)))
        {
            return comments;
        }

        var mentions = await db.CommentMentions.AsNoTracking()
            .Where(mention => mention.TicketId == ticketId)
            .Join(db.Users, mention => mention.UserId, user => user.Id, (mention, user) => new { mention.CommentId, user.FullName })
            .ToListAsync(cancellationToken);
        var names = mentions.ToLookup(mention => mention.CommentId, mention => mention.FullName);
        return [.. comments.Select(comment => names.Contains(comment.Id) ? comment with { Mentioned = [.. names[comment.Id]] } : comment)];
    }

    private static IEnumerable<int?> Ids(IEnumerable<TimelineEntry> entries, string action) => entries
        .Where(entry => entry.Action == action)
        .SelectMany(entry => new[] { Id(entry.OldValue), Id(entry.NewValue) });

    private static int? Id(string? value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    // Imported entries may hold words this application does not know.
    private static TicketStatus? Status(string? word) => Snake.TryParse<TicketStatus>(word, out var status) ? status : null;
}
