using MaintenanceApp.Data;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// Puts what a test needs into its database, through the same entities as the application. Everything has a default, so
/// a test names only what it is about. Instants are UTC.
/// </summary>
public sealed class Given(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    /// <summary>The password of every account made here without one.</summary>
    public const string Password = "Essai-1234-essai";

    public static readonly Actor Planner = new(1, "Planificatrice d’essai", Roles.Planner);

    // As AppHost sets it: a hundred accounts a minute need no protection against a stolen database.
    private static readonly PasswordHasher<User> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = AppHost.PasswordIterations }));

    private static int numbers;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Machine> Machine(
        string type = "Polisseuse",
        string model = "Double Edger",
        string? serial = null,
        string? location = null,
        MachineStatus status = MachineStatus.Operational) =>
        await Save(new Machine(type, model, serial, location, status, Now));

    /// <summary>An account that can sign in with <see cref="Password"/>.</summary>
    public async Task<User> User(string role = Roles.Technician, string name = "Martin Tremblay", string? email = null, string password = Password)
    {
        email ??= $"{role}.{Next()}@essai.invalid";
        var user = new User
        {
            FullName = name,
            Role = role,
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            SecurityStamp = Guid.NewGuid().ToString("N"),
            EmailConfirmed = true,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        user.PasswordHash = Hasher.HashPassword(user, password);
        return await Save(user);
    }

    /// <summary>A ticket as described; nobody and no date unless given.</summary>
    public async Task<Ticket> Ticket(
        TicketStatus status = TicketStatus.Received,
        int? assignedTo = null,
        DateTime? scheduled = null,
        string title = "Bruit anormal au démarrage",
        string description = "Un bruit sec à chaque démarrage, plus fort à froid.",
        string? ticketId = null,
        Machine? machine = null,
        TicketPriority priority = TicketPriority.Medium,
        string? reporterName = null,
        Actor? reporter = null,
        DateTime? createdAt = null,
        DateTime? snoozedUntil = null,
        bool inTrash = false)
    {
        machine ??= await Machine();
        var actor = reporter ?? Planner;
        var created = createdAt ?? Now;
        var values = new NewTicket(title, description, machine.Id, priority, reporterName, assignedTo, scheduled);
        var ticket = new Ticket(ticketId ?? $"IGP-ESSAI-{Next():0000}", values, actor, created);
        ticket.MoveTo(status, actor, created);
        if (snoozedUntil is { } until)
        {
            ticket.Snooze(until, null, actor, created);
        }

        if (inTrash)
        {
            ticket.MoveToTrash(actor, created);
        }

        return await Save(ticket);
    }

    /// <summary>A ticket that the rule picks: planned an hour ago and assigned to the team, unless told otherwise.</summary>
    public Task<Ticket> OverdueTicket(
        TimeSpan? lateBy = null,
        int assignedTo = MaintenanceApp.Users.User.TeamId,
        TicketStatus status = TicketStatus.Received,
        string title = "Bruit anormal au démarrage",
        string? ticketId = null,
        Machine? machine = null,
        string? reporterName = null) =>
        Ticket(status, assignedTo, Now - (lateBy ?? TimeSpan.FromHours(1)), title, ticketId: ticketId, machine: machine, reporterName: reporterName);

    public async Task<IReadOnlyList<Ticket>> OverdueTickets(int count)
    {
        var machine = await Machine();
        var actor = Planner;
        var tickets = Enumerable.Range(1, count)
            .Select(number => new Ticket(
                $"IGP-ESSAI-{Next():0000}",
                new NewTicket($"Ticket en retard {number}", "Planifié, assigné, pas commencé.", machine.Id, AssignedTo: MaintenanceApp.Users.User.TeamId, ScheduledDate: Now.AddHours(-1)),
                actor,
                Now))
            .ToList();
        await using var db = await database.CreateDbContextAsync();
        db.AddRange(tickets);
        await db.SaveChangesAsync();
        return tickets;
    }

    /// <summary>A notification of the ticket; delivered now and answered 200 unless told otherwise.</summary>
    public async Task<WebhookNotification> Notification(
        Ticket ticket,
        NotificationStatus status = NotificationStatus.Delivered,
        DateTime? createdAt = null,
        DateTime? sentAt = null,
        int? responseStatus = null,
        string? responseBody = null,
        DateTime? nextAttemptAt = null,
        string url = "https://recepteur.invalid/crochet")
    {
        var created = createdAt ?? Now;
        var hasAttempt = status is NotificationStatus.Delivered or NotificationStatus.Dead;
        await using var db = await database.CreateDbContextAsync();
        var seq = await db.WebhookNotifications.Where(row => row.TicketId == ticket.Id).MaxAsync(row => row.Seq) ?? 0;
        return await Save(new WebhookNotification
        {
            TicketId = ticket.Id,
            NotificationType = WebhookNotification.OverdueScheduled,
            WebhookUrl = url,
            WebhookId = $"msg_{Guid.NewGuid():N}",
            Seq = seq + 1,
            Status = status,
            CreatedAt = created,
            SentAt = sentAt ?? (hasAttempt ? created : null),
            ResponseStatus = responseStatus ?? (status == NotificationStatus.Delivered ? 200 : null),
            ResponseBody = responseBody,
            AttemptCount = hasAttempt ? 1 : 0,
            NextAttemptAt = status == NotificationStatus.Pending ? nextAttemptAt ?? created : nextAttemptAt,
            Cause = status == NotificationStatus.Dead ? NotificationCause.RetriesExhausted : null,
        });
    }

    private static int Next() => Interlocked.Increment(ref numbers);

    private async Task<T> Save<T>(T entity)
        where T : class
    {
        await using var db = await database.CreateDbContextAsync();
        db.Add(entity);
        await db.SaveChangesAsync();
        return entity;
    }
}
