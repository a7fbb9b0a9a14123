using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Operations.Pages;

/// <summary>« À traiter maintenant »: what is late, due soon or unassigned, with the one action that comes next.</summary>
public sealed partial class TodoList
{
    private int? busy;

    [Parameter, EditorRequired]
    public required IReadOnlyList<TodoRow> Rows { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>UTC; said when there is nothing to do.</summary>
    [Parameter]
    public DateTime? NextDue { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private static string Address(TodoRow row) => $"/tickets/{Uri.EscapeDataString(row.TicketId)}";

    /// <summary>« M. Tremblay »: the line under the title has no room for more.</summary>
    private static string? ShortName(string? name) =>
        name?.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries) is [var first, var last] && char.IsLetter(first[0]) && char.IsLetter(last[0]) ? $"{first[0]}. {last}" : name;

    private bool CanStart(TodoRow row) => Actor.Can(Permissions.WorkOnTickets)
        && row.AssignedTo is not null
        && TicketRules.MayNotify(row.Status);

    private async Task StartAsync(TodoRow row)
    {
        busy = row.Id;
        var result = await Changes.RunAsync(
            Actor,
            [new WantedChange(row.Id, new StatusChange(TicketStatus.InProgress), new StatusChange(row.Status))],
            _ => Task.FromResult(L["Started", row.Title].Value),
            () => OnChanged.InvokeAsync());
        if (Changes.Sentence(result, L["ChangedMeanwhile", row.Title]) is { } refusal)
        {
            Toasts.Show(refusal);
        }

        busy = null;
        await OnChanged.InvokeAsync();
    }
}
