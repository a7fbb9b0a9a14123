using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Change;

/// <summary>
/// Makes the changes asked for on any screen, says what was done, and offers the way back: of exactly what was changed,
/// whatever the person looks at when taking it back.
/// </summary>
public sealed class UndoableChanges(
    ChangeTickets change, ToastMessages toasts, TicketErrors errors, IStringLocalizer<TicketTexts> texts)
{
    private static readonly Func<Task> Nothing = () => Task.CompletedTask;

    /// <param name="actor">Who asks.</param>
    /// <param name="wishes">What for which tickets.</param>
    /// <param name="sentence">What was done, in words; asked only when something was.</param>
    /// <param name="afterUndo">Shows the tickets where they are again; must do nothing when the screen is gone.</param>
    /// <returns>Never an exception for a refusal: that is in the result, and <see cref="Sentence"/> says it.</returns>
    public async Task<ChangeResult> RunAsync(
        Actor actor, IReadOnlyCollection<WantedChange> wishes, Func<ChangeResult, Task<string>> sentence, Func<Task>? afterUndo = null)
    {
        var result = await TryAsync(() => change.ExecuteAsync(actor, wishes, CancellationToken.None));
        if (result.Done.Count > 0)
        {
            toasts.Show(await SayAsync(sentence, result), () => UndoAsync(result.Done, afterUndo ?? Nothing));
        }

        return result;
    }

    /// <summary>Why nothing became of the one ticket that was asked for; null when it is as it was wished to be.</summary>
    /// <param name="result">Of one wish.</param>
    /// <param name="overtaken">What to say when somebody else changed the same thing; null where that is shown otherwise.</param>
    public string? Sentence(ChangeResult result, string? overtaken) => result switch
    {
        { Refusal: { } refusal } => errors.Sentence(refusal),
        _ when result.Has(ChangeSkip.Gone) => texts["GoneMeanwhile"],
        _ when result.Has(ChangeSkip.InTrash) => texts["Rule.ticket.in_trash"],
        _ when result.Has(ChangeSkip.Overtaken) => overtaken,
        _ => null,
    };

    /// <summary>« 18 billets changés, 2 ignorés (1 dans la corbeille, 1 non permis) ».</summary>
    public string Summary(string one, string many, ChangeResult result)
    {
        var changed = texts.Count(one, many, result.Done.Count);
        if (result.Skipped.Count == 0)
        {
            return changed;
        }

        var reasons = result.Skipped.OrderBy(skipped => skipped.Key).Select(skipped => texts[$"Skip{skipped.Key}", skipped.Value].Value);
        return texts["Skipped", changed, texts.Count("IgnoredOne", "IgnoredMany", result.Skipped.Values.Sum()), string.Join(", ", reasons)];
    }

    private static async Task<ChangeResult> TryAsync(Func<Task<ChangeResult>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            return ChangeResult.Refused(exception);
        }
    }

    private async Task UndoAsync(IReadOnlyList<MadeChange> made, Func<Task> afterUndo)
    {
        var result = await TryAsync(() => change.UndoAsync(made, CancellationToken.None));
        var sentence = made.Count > 1 && result.Skipped.Count > 0
            ? Summary("UndoneOne", "UndoneMany", result)
            : Sentence(result, texts["UndoOvertaken"]) ?? (made.Count > 1 ? Summary("UndoneOne", "UndoneMany", result) : texts["Undone"].Value);

        // What the database could not take back may be tried again.
        var left = result.Has(ChangeSkip.NotSaved) || DatabaseFailure.Is(result.Refusal) ? made.ExceptBy(result.Done.Select(done => done.TicketId), one => one.TicketId).ToList() : [];
        toasts.Show(sentence, left.Count > 0 ? () => UndoAsync(left, afterUndo) : null);
        await afterUndo();
    }

    /// <summary>The change is made: words that cannot be found must not take the way back away.</summary>
    private async Task<string> SayAsync(Func<ChangeResult, Task<string>> sentence, ChangeResult result)
    {
        try
        {
            return await sentence(result);
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            return Summary("ChangedOne", "ChangedMany", result);
        }
    }
}
