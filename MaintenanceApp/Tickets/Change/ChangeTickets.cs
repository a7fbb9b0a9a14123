using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Why a ticket of a bulk change was left as it was.</summary>
public enum BulkSkip
{
    AlreadySo,

    /// <summary>The role may not change this ticket this way.</summary>
    NotAllowed,
    InTrash,

    /// <summary>Undo only: somebody has changed the same thing since.</summary>
    Overtaken,
    Gone,
}

/// <summary>A ticket that was changed and what brings it back.</summary>
/// <param name="TicketId">The row's id.</param>
/// <param name="Made">What was done.</param>
/// <param name="Back">What undoes it.</param>
public sealed record BulkUndo(int TicketId, BulkChange Made, BulkChange Back);

/// <param name="Done">One entry a changed ticket.</param>
/// <param name="Skipped">How many were left as they were, by reason; reasons without a ticket are absent.</param>
public sealed record BulkResult(IReadOnlyList<BulkUndo> Done, IReadOnlyDictionary<BulkSkip, int> Skipped);

/// <summary>
/// Changes many tickets the same way: each with its own rights, its own timeline entry and its own reason when it is left
/// as it was. Small transactions, so that nobody else waits for the whole of it.
/// </summary>
public sealed class ChangeTickets(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    /// <summary>Tickets at once; more is a mistake more often than a wish.</summary>
    public const int Most = 5_000;

    private const int InOneTransaction = 100;
    private const int Tries = 5;

    /// <param name="actor">Who asks.</param>
    /// <param name="ticketIds">Row ids; a repeated one counts once.</param>
    /// <param name="change">The same for all.</param>
    /// <param name="cancellationToken">Stops between two transactions; what is done stays done.</param>
    /// <exception cref="InvalidInputException">Unknown or deactivated person.</exception>
    /// <exception cref="RuleException"><c>tickets.too_many</c>: more than <see cref="Most"/>.</exception>
    /// <exception cref="StaleRecordException">Somebody saved one of them first, five times in a row.</exception>
    public async Task<BulkResult> ExecuteAsync(Actor actor, IReadOnlyCollection<int> ticketIds, BulkChange change, CancellationToken cancellationToken)
    {
        var ids = ticketIds.Distinct().ToList();
        if (ids.Count > Most)
        {
            throw new RuleException("tickets.too_many", $"Au plus {Most} billets à la fois. Resserrez les filtres.");
        }

        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            await change.CheckAsync(db, cancellationToken);
        }

        return await InBatchesAsync(actor, [.. ids.Select(id => new Wish(id, change, null))], cancellationToken);
    }

    /// <summary>Brings back what <see cref="ExecuteAsync"/> changed, except where somebody has changed the same thing since.</summary>
    public Task<BulkResult> UndoAsync(Actor actor, BulkResult result, CancellationToken cancellationToken) =>
        InBatchesAsync(actor, [.. result.Done.Select(done => new Wish(done.TicketId, done.Back, done.Made))], cancellationToken);

    private async Task<BulkResult> InBatchesAsync(Actor actor, IReadOnlyList<Wish> wishes, CancellationToken cancellationToken)
    {
        var done = new List<BulkUndo>();
        var skipped = new Dictionary<BulkSkip, int>();
        foreach (var batch in wishes.Chunk(InOneTransaction))
        {
            var outcomes = await BatchAsync(actor, batch, cancellationToken);
            foreach (var (undo, skip) in outcomes)
            {
                if (undo is not null)
                {
                    done.Add(undo);
                    live.Publish(new TicketChanged(undo.TicketId));
                }
                else
                {
                    skipped[skip] = skipped.GetValueOrDefault(skip) + 1;
                }
            }
        }

        return new BulkResult(done, skipped);
    }

    private async Task<List<(BulkUndo? Done, BulkSkip Skip)>> BatchAsync(Actor actor, Wish[] batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var ids = batch.Select(wish => wish.TicketId).ToList();
            var tickets = await db.Tickets.Where(ticket => ids.Contains(ticket.Id)).ToDictionaryAsync(ticket => ticket.Id, cancellationToken);
            var now = clock.GetUtcNow().UtcDateTime;
            var outcomes = batch.Select(wish => Apply(actor, wish, tickets.GetValueOrDefault(wish.TicketId), now)).ToList();
            try
            {
                await TicketSaving.SaveAsync(db, cancellationToken);
                return outcomes;
            }
            catch (StaleRecordException) when (attempt < Tries)
            {
                // Somebody saved or deleted one of them between the read and the save: only this field is ours, so look again.
            }
        }
    }

    private static (BulkUndo? Done, BulkSkip Skip) Apply(Actor actor, Wish wish, Ticket? ticket, DateTime now)
    {
        if (ticket is null)
        {
            return (null, BulkSkip.Gone);
        }

        if (ticket.DeletedAt is not null && !wish.Change.IsAboutTrash)
        {
            return (null, BulkSkip.InTrash);
        }

        if (wish.OnlyWhile is { } mine && !mine.IsAlreadySo(ticket))
        {
            return (null, BulkSkip.Overtaken);
        }

        if (wish.Change.IsAlreadySo(ticket))
        {
            return (null, BulkSkip.AlreadySo);
        }

        var back = wish.Change.Back(ticket);
        try
        {
            wish.Change.Apply(ticket, actor, now);
        }
        catch (ForbiddenException)
        {
            return (null, BulkSkip.NotAllowed);
        }

        return (new BulkUndo(ticket.Id, wish.Change, back), default);
    }

    /// <param name="TicketId">The row's id.</param>
    /// <param name="Change">What to do.</param>
    /// <param name="OnlyWhile">What must still hold; null = whatever it is now.</param>
    private sealed record Wish(int TicketId, BulkChange Change, BulkChange? OnlyWhile);
}
