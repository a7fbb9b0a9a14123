using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Live;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets;

/// <summary>What a person types to open a ticket.</summary>
public sealed class CreateTicketRequest
{
    /// <summary>Leaves room for the account's id in <see cref="Ticket.CreationKeyMaxLength"/>.</summary>
    public const int CreationKeyMaxLength = 50;

    [Required(ErrorMessage = "Titre requis")]
    [StringLength(Ticket.TitleMaxLength, MinimumLength = Ticket.TitleMinLength, ErrorMessage = "Le titre doit avoir de {2} à {1} caractères")]
    public string? Title { get; set => field = TypedText.OneLine(value); }

    [Required(ErrorMessage = "Description requise")]
    [StringLength(Ticket.DescriptionMaxLength, MinimumLength = Ticket.DescriptionMinLength, ErrorMessage = "La description doit avoir de {2} à {1} caractères")]
    public string? Description { get; set => field = TypedText.Lines(value); }

    [Required(ErrorMessage = "Machine requise")]
    [Range(1, int.MaxValue, ErrorMessage = "Machine requise")]
    public int? MachineId { get; set; }

    [EnumDataType(typeof(TicketPriority), ErrorMessage = "Priorité inconnue")]
    public TicketPriority Priority { get; set; } = TicketPriority.Medium;

    /// <summary>Who noticed it, when not the account's own name.</summary>
    [StringLength(Ticket.NameMaxLength, ErrorMessage = "Le nom du demandeur doit avoir au plus {1} caractères")]
    public string? ReporterName { get; set => field = TypedText.OneLine(value); }

    /// <summary>Null = nobody, 0 = the whole team.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "Personne inconnue")]
    public int? AssignedTo { get; set; }

    /// <summary>As <see cref="TicketDates"/> reads it; null or blank = not planned.</summary>
    [ScheduledDate]
    public string? ScheduledDate { get; set; }

    /// <summary>Chosen by the caller, new for every form: the same key sent again by the same account answers with the same ticket.</summary>
    [StringLength(CreationKeyMaxLength, MinimumLength = 8, ErrorMessage = "La clé de création doit avoir de {2} à {1} caractères")]
    [RegularExpression("^[A-Za-z0-9_-]+$", ErrorMessage = "La clé de création ne peut contenir que des lettres, des chiffres, - et _")]
    public string? CreationKey { get; set; }
}

/// <summary>The ticket that was opened, now or by the same key before.</summary>
public sealed record CreatedTicket(int Id, string TicketId);

/// <summary>Opens a ticket and gives it its number.</summary>
public sealed class CreateTicket(
    IDbContextFactory<AppDb> database, LiveUpdates live, SiteClock site, TicketDates dates, IOptions<SiteOptions> options)
{
    private const int MaxTries = 20;

    // Within this process numbers are given one at a time; other processes are held off by the unique index.
    private static readonly SemaphoreSlim Numbering = new(1, 1);

    /// <exception cref="ForbiddenException">The role may not create tickets, or gives an assignee or a date and may not plan.</exception>
    /// <exception cref="InvalidInputException">Unknown machine or person.</exception>
    public async Task<CreatedTicket> ExecuteAsync(Actor actor, CreateTicketRequest request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.CreateTickets);
        var scheduledDate = dates.Parse(request.ScheduledDate);
        if (request.AssignedTo is not null || scheduledDate is not null)
        {
            actor.Require(Permissions.PlanTickets);
        }

        var values = new NewTicket(
            request.Title!, request.Description!, request.MachineId ?? 0, request.Priority, request.ReporterName, request.AssignedTo, scheduledDate,
            OwnKey(actor, request.CreationKey));
        await Numbering.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await FindAsync(values.CreationKey, cancellationToken) is { } known)
                {
                    return known;
                }

                if (await TrySaveAsync(actor, values, isLastTry: attempt == MaxTries, cancellationToken) is { } created)
                {
                    live.Publish(new TicketChanged(created.Id));
                    return created;
                }
            }
        }
        finally
        {
            Numbering.Release();
        }
    }

    // Nobody learns of another account's ticket by guessing its key.
    private static string? OwnKey(Actor actor, string? key) =>
        Blank.ToNull(key) is { } given ? string.Create(CultureInfo.InvariantCulture, $"{actor.UserId}:{given}") : null;

    private async Task<CreatedTicket?> FindAsync(string? creationKey, CancellationToken cancellationToken)
    {
        if (creationKey is null)
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Tickets.AsNoTracking()
            .Where(ticket => ticket.CreationKey == creationKey)
            .Select(ticket => new CreatedTicket(ticket.Id, ticket.TicketId))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Null when another process took the number, wrote the same key or deleted the machine first: look again.</summary>
    private async Task<CreatedTicket?> TrySaveAsync(Actor actor, NewTicket values, bool isLastTry, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var machine = await TicketReferences.MachineAsync(db, values.MachineId, cancellationToken);
        await TicketReferences.RequireAssignableAsync(db, values.AssignedTo, cancellationToken);
        var now = site.UtcNow;
        var number = await NextNumberAsync(db, now, cancellationToken);
        var ticket = new Ticket(number.With(options.Value.Name, machine.MachineType), values, actor, now, number);
        db.Add(ticket);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new CreatedTicket(ticket.Id, ticket.TicketId);
        }
        catch (DbUpdateException exception) when (!isLastTry && (ConstraintViolation.IsUnique(exception) || ConstraintViolation.IsForeignKey(exception)))
        {
            return null;
        }
    }

    private async Task<TicketNumber> NextNumberAsync(AppDb db, DateTime now, CancellationToken cancellationToken)
    {
        var localDay = DateOnly.FromDateTime(site.ToLocal(now));
        var day = TicketNumber.DayOf(localDay);
        var last = await db.Tickets.Where(ticket => ticket.NumberDay == day).MaxAsync(ticket => ticket.NumberInDay, cancellationToken) ?? 0;

        // Tickets imported on their own day carry numbers of the old system with the same look.
        var start = site.DayOf(localDay).Start;
        var tail = $"-{day}-";
        var imported = await db.Tickets
            .Where(ticket => ticket.CreatedAt >= start && ticket.NumberDay == null && ticket.TicketId.Contains(tail))
            .Select(ticket => ticket.TicketId)
            .ToListAsync(cancellationToken);
        var taken = imported.Select(id => TicketNumber.TailOf(id)?.InDay).ToHashSet();
        var next = Math.Max(last, await LastErasedAsync(db, day, cancellationToken)) + 1;
        while (taken.Contains(next))
        {
            next++;
        }

        return new TicketNumber(day, next);
    }

    /// <summary>A number that was on paper and in e-mails is not given to another ticket once its own is deleted for good.</summary>
    private static async Task<int> LastErasedAsync(AppDb db, int day, CancellationToken cancellationToken) =>
        await db.AdminNotices.Where(notice => notice.NumberDay == day).MaxAsync(notice => notice.NumberInDay, cancellationToken) ?? 0;
}
