using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>Does this ticket notify, when, and why or why not.</summary>
public sealed partial class NotificationBox
{
    private TicketExplanation? explanation;
    private (string TicketId, int Revision) read;

    [Parameter, EditorRequired]
    public required string TicketId { get; set; }

    /// <summary>As shown; null = nobody.</summary>
    [Parameter, EditorRequired]
    public required string? AssigneeName { get; set; }

    /// <summary>Its notifications, newest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<NotificationRow> Sends { get; set; }

    /// <summary>Another number asks again.</summary>
    [Parameter, EditorRequired]
    public required int Revision { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (read != (TicketId, Revision))
        {
            var asked = read = (TicketId, Revision);
            try
            {
                var answer = await Explain.ExecuteAsync(TicketId, CancellationToken.None);
                explanation = asked == read ? answer : explanation;
            }
            catch (Exception exception) when (DatabaseFailure.Is(exception))
            {
                read = default; // The next refresh asks again.
            }
        }
    }

    private string? Value(RuleGate gate) => gate.Gate switch
    {
        "assigned" => AssigneeName ?? S["Nobody"].Value,
        "not_started" => Snake.TryParse<TicketStatus>(gate.Value, out var status) ? S[$"Status{status}"].Value : gate.Value,
        "none_waiting" => gate.Passed ? null : L["OneWaiting"].Value,
        "endpoint_open" => gate.Value ?? L["NoEndpoint"].Value,
        _ => TimelineWords.Instant(gate.Value) is { } at ? Instants.Compact(at, Clock.UtcNow) : gate.Gate == "date_passed" ? S["NoDueDate"].Value : gate.Value,
    };
}
