using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Change;

/// <summary>
/// Makes changes of one ticket or of many and takes them back, for every screen: each ticket with its own rights, its own
/// timeline entry and its own reason when it is left as it was. Small transactions, so that nobody else waits for the
/// whole of it. A change by somebody else stands in the way only if it is of the same thing.
/// </summary>
public sealed class ChangeTickets(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    /// <summary>Tickets at once; more is a mistake more often than a wish.</summary>
    public const int Most = 5_000;

    private const int InOneTransaction = 100;
    private const int Tries = 5;

    /// <param name="actor">Who asks.</param>
    /// <param name="wishes">One for each ticket; a second one for the same ticket does not count.</param>
    /// <param name="cancellationToken">Stops between two transactions; what is done stays done.</param>
    /// <returns>Also when the database gave up in the middle: what was done until then is in it.</returns>
    /// <exception cref="InvalidInputException">It means nothing here, such as an unknown or deactivated person.</exception>
    /// <exception cref="RuleException"><c>tickets.too_many</c>: more than <see cref="Most"/>.</exception>
    public async Task<ChangeResult> ExecuteAsync(Actor actor, IReadOnlyCollection<WantedChange> wishes, CancellationToken cancellationToken)
    {
        var distinct = wishes.DistinctBy(wish => wish.TicketId).ToList();
        if (distinct.Count > Most)
        {
            throw new RuleException("tickets.too_many", $"Au plus {Most} billets à la fois. Resserrez les filtres.");
        }

        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            foreach (var (to, from) in distinct.Select(wish => (wish.To, wish.From)).Distinct())
            {
                await to.CheckAsync(db, from, clock.GetUtcNow().UtcDateTime, cancellationToken);
            }
        }

        return await InBatchesAsync([.. distinct.Select(wish => (wish, actor))], cancellationToken);
    }

    /// <summary>Brings back what was changed, except where somebody has changed the same thing since.</summary>
    /// <param name="made">Of one <see cref="ChangeResult"/> or of several.</param>
    /// <param name="cancellationToken">Stops between two transactions.</param>
    public Task<ChangeResult> UndoAsync(IReadOnlyCollection<MadeChange> made, CancellationToken cancellationToken) =>
        InBatchesAsync([.. made.Select(change => (new WantedChange(change.TicketId, change.From, change.To), change.By))], cancellationToken);

    private async Task<ChangeResult> InBatchesAsync(IReadOnlyList<(WantedChange Wish, Actor Actor)> wishes, CancellationToken cancellationToken)
    {
        var done = new List<MadeChange>();
        var skipped = new Dictionary<ChangeSkip, int>();
        Exception? refusal = null;
        void Skip(ChangeSkip reason, int count) => skipped[reason] = skipped.GetValueOrDefault(reason) + count;
        foreach (var batch in wishes.Chunk(InOneTransaction))
        {
            if (refusal is not null && DatabaseFailure.Is(refusal))
            {
                // The rest would wait just as long for the same answer.
                Skip(ChangeSkip.NotSaved, batch.Length);
                continue;
            }

            try
            {
                foreach (var outcome in await BatchAsync(batch, cancellationToken))
                {
                    refusal ??= outcome.Refusal;
                    if (outcome.Made is { } made)
                    {
                        done.Add(made);
                        live.Publish(new TicketChanged(made.TicketId));
                    }
                    else
                    {
                        Skip(outcome.Skip, 1);
                    }
                }
            }
            catch (Exception exception) when (exception is StaleRecordException || DatabaseFailure.Is(exception))
            {
                refusal = exception;
                Skip(ChangeSkip.NotSaved, batch.Length);
            }
        }

        return new ChangeResult(done, skipped, refusal);
    }

    private async Task<List<Outcome>> BatchAsync((WantedChange Wish, Actor Actor)[] batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var ids = batch.Select(asked => asked.Wish.TicketId).ToList();
            var tickets = await db.Tickets.Where(ticket => ids.Contains(ticket.Id)).ToDictionaryAsync(ticket => ticket.Id, cancellationToken);
            var now = clock.GetUtcNow().UtcDateTime;
            var outcomes = batch.Select(asked => Apply(asked.Wish, asked.Actor, tickets.GetValueOrDefault(asked.Wish.TicketId), now)).ToList();
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

    private static Outcome Apply(WantedChange wish, Actor actor, Ticket? ticket, DateTime now)
    {
        if (ticket is null)
        {
            return new Outcome(null, ChangeSkip.Gone);
        }

        if (ticket.DeletedAt is not null && !wish.To.IsAboutTrash)
        {
            return new Outcome(null, ChangeSkip.InTrash);
        }

        if (wish.To.IsAlreadySo(ticket))
        {
            return new Outcome(null, ChangeSkip.AlreadySo);
        }

        if (wish.From is { } seen && !seen.IsAlreadySo(ticket))
        {
            return new Outcome(null, ChangeSkip.Overtaken);
        }

        var from = wish.To.Present(ticket);
        try
        {
            wish.To.Apply(ticket, actor, now);
            return new Outcome(new MadeChange(ticket.Id, from, wish.To, actor), default);
        }
        catch (ForbiddenException refusal)
        {
            return new Outcome(null, ChangeSkip.NotAllowed, refusal);
        }
    }

    private sealed record Outcome(MadeChange? Made, ChangeSkip Skip, Exception? Refusal = null);
}
