using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The text of a ticket while somebody types. Only what was really changed is saved, so that two people can edit different fields.</summary>
/// <param name="Seen">The ticket as it was when the form opened.</param>
/// <param name="Title">As typed.</param>
/// <param name="Description">As typed.</param>
/// <param name="MachineId">Null only for imported tickets without a machine.</param>
/// <param name="ReporterName">As typed; blank = the account's own name.</param>
public sealed record TicketTextEdit(TicketDetail Seen, string Title, string Description, int? MachineId, string? ReporterName)
{
    public static TicketTextEdit Start(TicketDetail detail) => new(
        detail, detail.Ticket.Title, detail.Ticket.Description, detail.Ticket.MachineId, detail.OriginalReporterName);

    /// <summary>Some field was changed here and there, to different values.</summary>
    public bool ConflictsWith(TicketDetail now)
    {
        var (start, theirs) = (Start(Seen), Start(now));
        return Differ(Title, start.Title, theirs.Title) || Differ(Description, start.Description, theirs.Description)
            || Differ(MachineId, start.MachineId, theirs.MachineId) || Differ(Blank.ToNull(ReporterName), start.ReporterName, theirs.ReporterName);
    }

    /// <summary>What was changed here, on top of the ticket as it is now.</summary>
    public EditTicketRequest Over(TicketDetail now)
    {
        var merged = From(now);
        return new EditTicketRequest
        {
            Title = merged.Title,
            Description = merged.Description,
            MachineId = merged.MachineId,
            ReporterName = Blank.ToNull(merged.ReporterName),
            Priority = now.Ticket.Priority,
        };
    }

    /// <summary>The same typing as if it had begun from <paramref name="now"/>: saving it keeps mine where both changed.</summary>
    public TicketTextEdit From(TicketDetail now)
    {
        var (start, theirs) = (Start(Seen), Start(now));
        return new(
            now,
            Title == start.Title ? theirs.Title : Title,
            Description == start.Description ? theirs.Description : Description,
            MachineId == start.MachineId ? theirs.MachineId : MachineId,
            Blank.ToNull(ReporterName) == start.ReporterName ? theirs.ReporterName : ReporterName);
    }

    private static bool Differ<T>(T mine, T start, T theirs)
    {
        var same = EqualityComparer<T>.Default;
        return !same.Equals(mine, start) && !same.Equals(theirs, start) && !same.Equals(mine, theirs);
    }
}
