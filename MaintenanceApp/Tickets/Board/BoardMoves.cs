using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Board;

/// <summary>What the board says of a move, whatever the hand used: mouse, finger, menu or keys.</summary>
public sealed class BoardMoves(
    UndoableChanges changes, BoardQueries board, CommentOnTicket comment, ToastMessages toasts, TicketErrors errors,
    IStringLocalizer<BoardTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    /// <param name="actor">Who moves it.</param>
    /// <param name="card">As shown.</param>
    /// <param name="to">The column.</param>
    /// <param name="afterUndo">Called when the person has taken the move back.</param>
    /// <returns>False when it was refused; the reason is said.</returns>
    public async Task<bool> MoveAsync(Actor actor, BoardTicket card, TicketStatus to, Func<Task> afterUndo)
    {
        var result = await changes.RunAsync(
            actor, [new WantedChange(card.Id, new StatusChange(to), new StatusChange(card.Status))], _ => SentenceAsync(card.Status, to), afterUndo);
        var overtaken = result.Has(ChangeSkip.Overtaken) ? await OvertakenAsync(card.Id) : null;
        if (changes.Sentence(result, overtaken) is not { } refusal)
        {
            return true;
        }

        toasts.Show(texts["Refused", refusal]);
        return false;
    }

    /// <summary>Keeps a line said after a move, such as the part awaited, as a comment of the ticket.</summary>
    /// <returns>False when it was refused; the reason is said.</returns>
    public async Task<bool> NoteAsync(Actor actor, BoardTicket card, TicketStatus status, string words)
    {
        try
        {
            var request = new CommentOnTicketRequest { Comment = texts[$"Note{status}", words.Trim()] };
            if (await comment.ExecuteAsync(actor, card.Id, request, CancellationToken.None) is null)
            {
                toasts.Show(texts["Gone"]);
                return false;
            }

            toasts.Show(texts["NoteKept"]);
            return true;
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            toasts.Show(errors.Sentence(exception));
            return false;
        }
    }

    /// <summary>What was done; a limit it went beyond is said with it, and stands in nobody's way.</summary>
    private async Task<string> SentenceAsync(TicketStatus from, TicketStatus to) =>
        await board.LimitAsync(to, CancellationToken.None) is { IsExceeded: true } limit
            ? texts["MovedBeyond", Name(from), Name(to), limit.Most, limit.Total]
            : texts["Moved", Name(from), Name(to)];

    /// <summary>Where somebody else has moved it.</summary>
    private async Task<string> OvertakenAsync(int id)
    {
        try
        {
            return await board.StatusAsync(id, CancellationToken.None) is { } status ? texts["MovedMeanwhile", Name(status)] : texts["Gone"];
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            return errors.Sentence(exception);
        }
    }

    private string Name(TicketStatus status) => shared[$"Status{status}"];
}
