using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>What a row or a selection can be asked to become.</summary>
public enum ListChange
{
    Assignee,
    Status,
    Priority,
    Due,
    Archive,
    Trash,
}

public sealed partial class ChangeDialog
{
    private const string FirstDay = "Today";

    private readonly string id = $"ask-{Guid.NewGuid():N}";
    private ElementReference element;
    private TaskCompletionSource<ChangeAnswer?>? answer;
    private ListChange asked;
    private string subject = "";
    private int? me;
    private string day = "";
    private string time = "";
    private bool isWrong;

    [Parameter, EditorRequired]
    public required IReadOnlyList<PersonRow> People { get; set; }

    private IEnumerable<(string Key, DateOnly Day)> Days =>
    [
        (FirstDay, Clock.Today), ("Tomorrow", Clock.Today.AddDays(1)), ("Monday", TicketDay.NextMonday(Clock.Today)), ("NextWeek", Clock.Today.AddDays(7)),
    ];

    /// <summary>Null when the person thought better of it.</summary>
    /// <param name="change">What is asked; archive and trash are answered without a question.</param>
    /// <param name="about">« 12 billets », or the title of one.</param>
    /// <param name="actor">For « Moi ».</param>
    public async Task<ChangeAnswer?> AskAsync(ListChange change, string about, Actor actor)
    {
        switch (change)
        {
            case ListChange.Archive:
                return new ChangeAnswer(new StatusChange(TicketStatus.Archived), S[$"Status{TicketStatus.Archived}"]);
            case ListChange.Trash:
                return new ChangeAnswer(new TrashChange(IsTrashed: true), "");
        }

        (asked, subject, me, day, time, isWrong) = (change, about, actor.UserId, "", "", false);
        answer = new TaskCompletionSource<ChangeAnswer?>();
        StateHasChanged();
        await Task.Yield();
        await Browser.InvokeVoidAsync("maintenance.openDialog", element);
        return await answer.Task;
    }

    private IEnumerable<(string Key, RenderFragment Content, ChangeAnswer Choice)> Choices() => asked switch
    {
        ListChange.Status => Enum.GetValues<TicketStatus>().Select(status =>
            (Snake.Of(status), StatusContent(status), new ChangeAnswer(new StatusChange(status), S[$"Status{status}"]))),
        ListChange.Priority => Enum.GetValues<TicketPriority>().Reverse().Select(priority =>
            (Snake.Of(priority), PriorityContent(priority), new ChangeAnswer(new PriorityChange(priority), S[$"Priority{priority}"]))),
        _ =>
        [
            .. People.Where(person => person.Id == me).Select(person => Person(person.Id, person.FullName)),
            Person(User.TeamId, S["Team"]),
            Person(null, null),
            .. People.Where(person => person.Id != me).Select(person => Person(person.Id, person.FullName)),
        ],
    };

    private (string, RenderFragment, ChangeAnswer) Person(int? userId, string? name) =>
        (Text.Of(userId) ?? "none", PersonContent(userId, name), new ChangeAnswer(new AssigneeChange(userId), name ?? ""));

    private Task ChooseDayAsync(DateOnly chosen) => ChooseAsync(Dates.EndOf(chosen), withTime: false);

    private async Task ChooseTypedAsync()
    {
        isWrong = !new TicketDay(day, time).TryRead(Clock, Dates, out var due) || due is null;
        if (!isWrong)
        {
            await ChooseAsync(due!.Value, withTime: time.Length > 0);
        }
    }

    private Task ChooseAsync(DateTime due, bool withTime) =>
        CloseAsync(new ChangeAnswer(new DueChange(due), Instants.Compact(due, Clock.UtcNow, withTime)));

    private async Task CloseAsync(ChangeAnswer? chosen)
    {
        // Taken first: the browser's own "closed" means no answer, and comes for every way to close.
        var waiting = answer;
        answer = null;
        await Browser.InvokeVoidAsync("maintenance.closeDialog", element);
        waiting?.TrySetResult(chosen);
    }

    private void Dismissed()
    {
        answer?.TrySetResult(null);
        answer = null;
    }
}
