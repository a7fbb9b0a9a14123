using System.Globalization;
using MaintenanceApp.Tickets;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace MaintenanceApp.Components;

/// <summary>
/// Six weeks to pick a day from. Ours and not a library's: those mark the server's day as today instead of the site's.
/// </summary>
public sealed partial class DayCalendar
{
    private const int Week = 7;
    private const int Weeks = 6;
    private static readonly DateOnly First = new(TicketDates.FirstYear, 1, 1);
    private static readonly DateOnly Last = new(TicketDates.LastYear, 12, 31);

    private readonly string id = $"month-{Guid.NewGuid():N}";
    private ElementReference element;
    private DateOnly current;
    private DateOnly? chosen;
    private bool isOpen;
    private bool hasMoved;

    /// <summary>Earlier days cannot be picked.</summary>
    [Parameter]
    public DateOnly? Min { get; set; }

    /// <summary>After the calendar closed.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<DateOnly> Picked { get; set; }

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private IEnumerable<DateOnly> Days => Enumerable.Range(0, Week * Weeks).Select(WeekStart(new DateOnly(current.Year, current.Month, 1)).AddDays);

    /// <param name="field">What it opens beside.</param>
    /// <param name="day">Marked as chosen; null = none, and it opens on today.</param>
    public async Task OpenAsync(ElementReference field, DateOnly? day)
    {
        (isOpen, chosen, current) = (true, day, day ?? Clock.Today);
        StateHasChanged();
        await Task.Yield();
        await Browser.InvokeVoidAsync("maintenanceDays.open", element, field);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (hasMoved)
        {
            hasMoved = false;
            await Browser.InvokeVoidAsync("maintenanceDays.focusDay", element);
        }
    }

    private static DateOnly WeekStart(DateOnly day) => day.AddDays(-((day.DayOfWeek - Culture.DateTimeFormat.FirstDayOfWeek + Week) % Week));

    private static DateOnly Within(DateOnly day) => day < First ? First : day > Last ? Last : day;

    private bool IsOff(DateOnly day) => day < (Min ?? First) || day > Last;

    private string ClassOf(DateOnly day) =>
        string.Join(' ', new[] { day.Month == current.Month ? null : "is-outside", day == Clock.Today ? "is-today" : null, IsOff(day) ? "is-off" : null }.OfType<string>());

    private void Turn(int months) => current = Within(current.AddMonths(months));

    private async Task MoveAsync(KeyboardEventArgs key)
    {
        if (key.Key is "Enter" or " ")
        {
            await PickAsync(current);
            return;
        }

        DateOnly? day = key.Key switch
        {
            "ArrowLeft" => current.AddDays(-1),
            "ArrowRight" => current.AddDays(1),
            "ArrowUp" => current.AddDays(-Week),
            "ArrowDown" => current.AddDays(Week),
            "Home" => WeekStart(current),
            "End" => WeekStart(current).AddDays(Week - 1),
            "PageUp" => key.ShiftKey ? current.AddYears(-1) : current.AddMonths(-1),
            "PageDown" => key.ShiftKey ? current.AddYears(1) : current.AddMonths(1),
            _ => null,
        };
        (current, hasMoved) = day is { } moved ? (Within(moved), true) : (current, false);
    }

    private async Task PickAsync(DateOnly day)
    {
        if (!IsOff(day))
        {
            await CloseAsync();
            await Picked.InvokeAsync(day);
        }
    }

    private async Task CloseAsync() => await Browser.InvokeVoidAsync("maintenance.closeDialog", element);
}
