using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>A field of the new ticket; also its name in the browser's draft.</summary>
public enum NewTicketField
{
    Title,
    Machine,
    Description,
    Reporter,
    Date,
}

/// <summary>What is typed for a new ticket, and what is still missing.</summary>
public sealed class NewTicketForm
{
    /// <summary>Kept with the draft: the same form sent twice, even after a restart, opens one ticket.</summary>
    public string CreationKey { get; private set; } = Guid.NewGuid().ToString("N");

    public string Title { get; set; } = "";

    /// <summary>May stay blank: the title then says it all.</summary>
    public string Description { get; set; } = "";

    public int? MachineId { get; set; }

    public TicketPriority Priority { get; set; } = TicketPriority.Medium;

    public string Reporter { get; set; } = "";

    /// <summary>Null = nobody, 0 = the team.</summary>
    public int? Assignee { get; set; }

    public TicketDay Date { get; set; } = TicketDay.None;

    /// <summary>Takes over a kept draft; unknown names and values are left out.</summary>
    public void Restore(IReadOnlyDictionary<string, string> fields)
    {
        Title = fields.GetValueOrDefault("title", Title);
        Description = fields.GetValueOrDefault("description", Description);
        Reporter = fields.GetValueOrDefault("reporter", Reporter);
        MachineId = Number(fields.GetValueOrDefault("machine")) ?? MachineId;
        Assignee = Number(fields.GetValueOrDefault("assignee"));
        Priority = Snake.TryParse<TicketPriority>(fields.GetValueOrDefault("priority"), out var priority) ? priority : Priority;
        Date = new TicketDay(fields.GetValueOrDefault("day", ""), fields.GetValueOrDefault("time", ""));
        CreationKey = Guid.TryParseExact(fields.GetValueOrDefault("key"), "N", out var key) ? key.ToString("N") : CreationKey;
    }

    /// <summary>The key of the sentence that says how to fix the field; null when it is fine.</summary>
    public string? Problem(NewTicketField field, SiteClock clock, TicketDates dates) => field switch
    {
        NewTicketField.Title when Title.Trim().Length < Ticket.TitleMinLength => "NewTitleTooShort",
        NewTicketField.Machine when MachineId is null => "NewMachineMissing",
        NewTicketField.Description when Words.Length < Ticket.DescriptionMinLength && Title.Trim().Length >= Ticket.TitleMinLength => "NewDescriptionTooShort",
        NewTicketField.Date when !Date.TryRead(clock, dates, out _) => "DateInvalid",
        _ => null,
    };

    public CreateTicketRequest Request(SiteClock clock, TicketDates dates) => new()
    {
        Title = Title.Trim(),
        Description = Words,
        MachineId = MachineId,
        Priority = Priority,
        ReporterName = Blank.ToNull(Reporter),
        AssignedTo = Assignee,
        ScheduledDate = Date.TryRead(clock, dates, out var due) ? Text.Of(due) : null,
        CreationKey = CreationKey,
    };

    // The contract wants a description of every ticket; whoever is in a hurry gives only a title.
    private string Words => string.IsNullOrWhiteSpace(Description) ? Title.Trim() : Description.Trim();

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
