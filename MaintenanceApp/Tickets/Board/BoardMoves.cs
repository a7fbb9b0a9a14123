using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Board;

/// <summary>
/// Moves cards, one at a time, whatever the hand used: mouse, finger, menu or keys. Says what was done with a way back,
/// or why it was refused. One per page.
/// </summary>
public sealed class BoardMoves(
    BoardQueries board, ChangeTicketStatus move, CommentOnTicket comment, ToastMessages toasts, TicketErrors errors,
    IStringLocalizer<BoardTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    /// <param name="actor">Who moves it.</param>
    /// <param name="card">As shown; its version is what the person saw.</param>
    /// <param name="to">The column.</param>
    /// <param name="afterUndo">Called when the person has taken the move back.</param>
    /// <returns>False when it was refused; the reason is said.</returns>
    public async Task<bool> MoveAsync(Actor actor, BoardTicket card, TicketStatus to, Func<Task> afterUndo)
    {
        if (!await TryAsync(actor, card, to))
        {
            return false;
        }

        toasts.Show(await SentenceAsync(card.Status, to), async () =>
        {
            await UndoAsync(actor, card, to);
            await afterUndo();
        });
        return true;
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

    private async Task UndoAsync(Actor actor, BoardTicket card, TicketStatus moved)
    {
        if (await board.FindAsync(card.Id, CancellationToken.None) is not { } now || now.Status != moved)
        {
            toasts.Show(texts["UndoOvertaken"]);
        }
        else if (await TryAsync(actor, card with { Status = moved, Version = now.Version }, card.Status))
        {
            toasts.Show(await SentenceAsync(moved, card.Status));
        }
    }

    /// <summary>What was done; a limit it went beyond is said with it, and stands in nobody's way.</summary>
    private async Task<string> SentenceAsync(TicketStatus from, TicketStatus to) =>
        await board.LimitAsync(to, CancellationToken.None) is { IsExceeded: true } limit
            ? texts["MovedBeyond", Name(from), Name(to), limit.Most, limit.Total]
            : texts["Moved", Name(from), Name(to)];

    private async Task<bool> TryAsync(Actor actor, BoardTicket card, TicketStatus to)
    {
        try
        {
            try
            {
                return await ExecuteAsync(actor, card, to, card.Version);
            }
            catch (StaleRecordException)
            {
                // Somebody saved it first. What they changed besides its column does not stand in the way.
                var now = await board.FindAsync(card.Id, CancellationToken.None);
                if (now is null || now.Value.Status == card.Status)
                {
                    return await ExecuteAsync(actor, card, to, now?.Version);
                }

                toasts.Show(texts["Refused", texts["MovedMeanwhile", Name(now.Value.Status)]]);
                return false;
            }
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            toasts.Show(texts["Refused", errors.Sentence(exception)]);
            return false;
        }
    }

    private async Task<bool> ExecuteAsync(Actor actor, BoardTicket card, TicketStatus to, int? version)
    {
        var request = new ChangeTicketStatusRequest { Status = to };
        if (await move.ExecuteAsync(actor, card.Id, request, version, CancellationToken.None))
        {
            return true;
        }

        toasts.Show(texts["Refused", texts["Gone"]]);
        return false;
    }

    private string Name(TicketStatus status) => shared[$"Status{status}"];
}
