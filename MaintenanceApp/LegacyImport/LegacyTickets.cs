using MaintenanceApp.Data;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.LegacyImport;

/// <summary>Table <c>tickets</c>.</summary>
internal sealed class LegacyTickets(People people, HashSet<int> machines, LegacyStatuses statuses, HashSet<string> takenNumbers)
{
    // Room for the suffix that makes a number unique.
    private const int TicketIdLength = Ticket.TicketIdMaxLength - 12;

    public static async Task<LegacyTickets> LoadAsync(
        AppDb db, People people, HashSet<int> machines, LegacyStatuses statuses, CancellationToken cancellationToken) =>
        new(people, machines, statuses, await db.Tickets.Select(ticket => ticket.TicketId).ToHashSetAsync(cancellationToken));

    public object Read(LegacyRow row, int id)
    {
        var createdAt = row.RequiredInstant("created_at", "updated_at", "completed_at");
        return new
        {
            Id = id,
            TicketId = Number(row, id),
            Title = row.RequiredText("title", "(sans titre)", Ticket.TitleMaxLength),
            Description = row.RequiredText("description", "(sans description)", clean: TypedText.Lines),
            MachineId = MachineId(row),
            Status = statuses.Read(row),
            Priority = row.Word("priority", TicketPriority.Medium),
            ReportedBy = people.Author(row, "reported_by"),
            AssignedTo = people.Person(row, "assigned_to"),
            ReporterName = row.OptionalText("reporter_name", Ticket.NameMaxLength),
            AssigneeName = row.OptionalText("assignee_name", Ticket.NameMaxLength),
            ScheduledDate = row.Instant("scheduled_date"),
            CreatedAt = createdAt,
            UpdatedAt = row.Instant("updated_at") ?? createdAt,
            CompletedAt = row.Instant("completed_at"),
        };
    }

    private string Number(LegacyRow row, int id)
    {
        var number = row.RequiredText("ticket_id", $"IGP-IMPORT-{id}", TicketIdLength);
        if (takenNumbers.Add(number))
        {
            return number;
        }

        var unique = $"{number}-{id}";
        row.Repaired($"ticket_id '{number}' is that of another ticket: '{unique}' instead");
        takenNumbers.Add(unique);
        return unique;
    }

    private int? MachineId(LegacyRow row)
    {
        if (row.Number("machine_id") is not { } id)
        {
            row.Repaired("it has no machine");
            return null;
        }

        if (!machines.Contains(id))
        {
            row.Repaired($"its machine {id} no longer exists: left empty");
            return null;
        }

        return id;
    }
}
