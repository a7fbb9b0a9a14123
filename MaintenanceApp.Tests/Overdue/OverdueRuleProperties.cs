using FsCheck;
using FsCheck.Fluent;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Overdue;

/// <summary>The rule, compiled and as SQL, against the sentences of notifier.md §1 written down once more, plainly.</summary>
public sealed class OverdueRuleProperties
{
    private const string Url = "https://recepteur.invalid/crochet";
    private const string FormerUrl = "https://ancien.invalid/crochet";

    private static readonly DateTime Now = FakeClock.Start;

    private static readonly Gen<DateTime> Instant = Gen.OneOf(
        Gen.Elements(-1, 0, 1).Select(ticks => Now.AddTicks(ticks)),
        Gen.Elements(-1000, -1, 1, 1000).Select(milliseconds => Now.AddMilliseconds(milliseconds)),
        Gen.Choose(-90_000, 90_000).Select(seconds => Now.AddSeconds(seconds)),
        Gen.Elements(-1, 0, 1).Select(milliseconds => Now.AddDays(-1).AddMilliseconds(milliseconds)));

    private static readonly Gen<Past> Notification =
        from status in Gen.Elements(Enum.GetValues<NotificationStatus>())
        from type in Gen.Frequency((5, Gen.Constant(WebhookNotification.OverdueScheduled)), (1, Gen.Constant("other")))
        from url in Gen.Elements(Url, FormerUrl)
        from created in Instant
        from sent in Always.Perhaps(Instant)
        select new Past(status, type, url, created, sent);

    private static readonly Gen<Case> AnyCase =
        from status in Gen.Frequency((3, Gen.Elements(TicketStatus.Received, TicketStatus.Diagnostic)), (1, Gen.Elements(Enum.GetValues<TicketStatus>())))
        from assigned in Gen.Elements<int?>(0, 7, 7, 999, null)
        from scheduled in Always.Perhaps(Instant)
        from snoozed in Gen.Frequency((2, Gen.Constant<DateTime?>(null)), (1, Always.Perhaps(Instant)))
        from trashed in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from past in Gen.Frequency((1, Gen.Constant<Past[]>([])), (2, Gen.Choose(1, 3).SelectMany(count => Notification.ArrayOf(count))))
        select new Case(status, assigned, scheduled, snoozed, trashed, past);

    [Fact]
    public void The_compiled_rule_is_the_written_one()
    {
        var (isDue, isAwake) = (OverdueRule.IsDue(Now).Compile(), OverdueRule.IsAwake(Now).Compile());
        var silences = OverdueRule.Silences(Now, TimeSpan.FromDays(1), Url).Compile();
        Always.Holds(AnyCase, one =>
        {
            var ticket = one.ToTicket("IGP-1", 1);
            var notifies = isDue(ticket) && isAwake(ticket) && !one.Past.Any(past => silences(past.ToRow(1, 1)));
            notifies.ShouldBe(one.Notifies(), one.ToString());
        });
    }

    [Fact]
    public async Task The_statement_of_the_scan_picks_the_same_tickets()
    {
        await using var database = await TestDatabase.CreateAsync();
        var machine = await new Given(database, new FakeClock()).Machine();
        Case[] cases = [.. AnyCase.Sample(500, 30)];
        var tickets = cases.Select((one, number) => one.ToTicket($"IGP-{number}", machine.Id)).ToList();
        await using (var db = database.CreateDbContext())
        {
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.AddRange(tickets);
            await db.SaveChangesAsync();
            db.AddRange(cases.SelectMany((one, number) => one.Past.Select((past, seq) => past.ToRow(tickets[number].Id, seq + 1))));
            await db.SaveChangesAsync();
        }

        await using var reading = database.CreateDbContext();
        var picked = (await OverdueRule.Notifying(reading, Now, TimeSpan.FromDays(1), Url).Select(ticket => ticket.TicketId).ToListAsync()).ToHashSet();

        picked.Count.ShouldBeInRange(20, 400, "the cases are worth something");
        cases.Select((one, number) => (one, Picked: picked.Contains($"IGP-{number}")))
            .Where(pair => pair.Picked != pair.one.Notifies())
            .Select(pair => $"{(pair.Picked ? "picked" : "left out")}: {pair.one}")
            .ShouldBeEmpty();
    }

    private sealed record Past(NotificationStatus Status, string Type, string Url, DateTime Created, DateTime? Sent)
    {
        public WebhookNotification ToRow(int ticketId, int seq) => new()
        {
            TicketId = ticketId,
            NotificationType = Type,
            WebhookUrl = Url,
            Status = Status,
            CreatedAt = Created,
            SentAt = Sent,
            Seq = seq,
            WebhookId = $"msg_{ticketId}_{seq}",
        };
    }

    private sealed record Case(TicketStatus Status, int? Assigned, DateTime? Scheduled, DateTime? Snoozed, bool InTrash, Past[] Past)
    {
        /// <summary>Word for word from the contract, without a look at the product's expressions.</summary>
        public bool Notifies()
        {
            if (Scheduled is null || Scheduled.Value.Ticks >= Now.Ticks || Assigned is null || InTrash)
            {
                return false;
            }

            if (Status != TicketStatus.Received && Status != TicketStatus.Diagnostic)
            {
                return false;
            }

            if (Snoozed is not null && Snoozed.Value.Ticks > Now.Ticks)
            {
                return false;
            }

            var dayAgo = Now.AddHours(-24);
            foreach (var past in Past.Where(past => past.Type == "overdue_scheduled"))
            {
                var isWaiting = past.Status is NotificationStatus.Pending or NotificationStatus.Sending;
                var wasAcceptedToday = past.Status == NotificationStatus.Delivered && past.Sent > dayAgo;
                var diedToday = past.Status == NotificationStatus.Dead && past.Created > dayAgo && past.Url == OverdueRuleProperties.Url;
                if (isWaiting || wasAcceptedToday || diedToday)
                {
                    return false;
                }
            }

            return true;
        }

        public Ticket ToTicket(string ticketId, int machineId)
        {
            var actor = Given.Planner;
            var ticket = new Ticket(ticketId, new NewTicket("Bruit", "Un bruit sec.", machineId, AssignedTo: Assigned, ScheduledDate: Scheduled), actor, Now);
            ticket.MoveTo(Status, actor, Now);
            ticket.Snooze(Snoozed, null, actor, Now);
            if (InTrash)
            {
                ticket.MoveToTrash(actor, Now);
            }

            return ticket;
        }

        public override string ToString() =>
            $"{Status}, assigned {Assigned}, due {Scheduled:O}, snoozed {Snoozed:O}, trash {InTrash}, {string.Join("; ", Past.Select(past => past.ToString()))} at {Now:O}";
    }
}
