using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Board;

/// <summary>Sets or removes the limit of one column, with a way back.</summary>
public sealed partial class ColumnLimitDialog(SetColumnLimit set, ToastMessages toasts, TicketErrors errors, IJSRuntime browser)
{
    private ElementReference element;
    private BoardColumn? column;
    private string typed = "";
    private string? problem;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    private string Name => S[$"Status{column!.Status}"];

    public async Task OpenAsync(BoardColumn asked)
    {
        (column, typed, problem) = (asked, Text.Of(asked.Limit?.Most) ?? "", null);
        StateHasChanged();
        await Task.Yield();
        await browser.InvokeVoidAsync("maintenance.openDialog", element);
    }

    private Task SaveTypedAsync()
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return ChangeAsync(null);
        }

        if (int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= ColumnLimit.Largest)
        {
            return ChangeAsync(most);
        }

        problem = L["LimitInvalid", ColumnLimit.Largest];
        return Task.CompletedTask;
    }

    private async Task ChangeAsync(int? most)
    {
        var (status, before, name) = (column!.Status, column.Limit?.Most, Name);
        try
        {
            await set.ExecuteAsync(Actor, status, most, CancellationToken.None);
            toasts.Show(
                most is { } number ? L["LimitSet", name, number] : L["LimitRemoved", name],
                () => set.ExecuteAsync(Actor, status, before, CancellationToken.None));
            await CloseAsync();
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            problem = errors.Sentence(exception);
        }
    }

    private async Task CloseAsync()
    {
        column = null;
        await browser.InvokeVoidAsync("maintenance.closeDialog", element);
    }
}
