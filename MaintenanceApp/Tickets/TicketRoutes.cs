using System.Security.Claims;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>Work orders. <c>{id}</c> is the number people read or the row's id.</summary>
public static class TicketRoutes
{
    internal const string Unknown = "Ticket introuvable";

    public static void MapTicketRoutes(this IEndpointRouteBuilder routes)
    {
        var tickets = routes.MapGroup("/api/tickets").WithTags("tickets");
        tickets.MapGet("", ListAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("Tickets, filtered, sorted and paged")
            .Answers<TicketsAnswer>(StatusCodes.Status200OK, 400)
            .WithExamples(answer: new TicketsAnswer([TicketExamples.Ticket], 1, 1, TicketFilter.DefaultPageSize));
        tickets.MapGet("/{id}", FindAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("One ticket with its timeline and comments")
            .Answers<TicketDetailAnswer>(StatusCodes.Status200OK, 404)
            .WithExamples(answer: new TicketDetailAnswer(TicketExamples.Ticket, [TicketExamples.Timeline], [TicketExamples.Comment]));
        tickets.MapPost("", CreateAsync)
            .RequireAuthorization(Permissions.CreateTickets)
            .WithSummary("Opens a ticket; assigned_to and scheduled_date are for roles that plan")
            .Answers<TicketAnswer>(StatusCodes.Status201Created, 400, 403)
            .WithExamples(TicketExamples.Create, new TicketAnswer(TicketExamples.Ticket));
        tickets.MapPatch("/{id}", PatchAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("Changes the fields given; each asks for its own permission")
            .Answers<TicketAnswer>(StatusCodes.Status200OK, 400, 403, 404, 409)
            .WithExamples(
                new PatchTicketRequest { Status = TicketStatus.Diagnostic, AssignedTo = User.TeamId, ScheduledDate = "2025-11-10" },
                new TicketAnswer(TicketExamples.Ticket with { Status = TicketStatus.Diagnostic, Version = 3 }));
        tickets.MapDelete("/{id}", TrashAsync)
            .RequireAuthorization(Permissions.TrashTickets)
            .WithSummary("Moves a ticket to the trash; its history stays")
            .Answers<MessageAnswer>(StatusCodes.Status200OK, 404, 409)
            .WithExamples(answer: new MessageAnswer("Ticket déplacé dans la corbeille"));
        tickets.MapPost("/{id}/restore", RestoreAsync)
            .RequireAuthorization(Permissions.TrashTickets)
            .WithSummary("Takes a ticket out of the trash")
            .Answers<TicketAnswer>(StatusCodes.Status200OK, 404, 409)
            .WithExamples(answer: new TicketAnswer(TicketExamples.Ticket));
        routes.MapDelete("/api/trash/{id}", EraseAsync)
            .WithTags("tickets")
            .RequireAuthorization(Permissions.EraseTickets)
            .WithSummary("Deletes a ticket of the trash for good, with its history, files and notifications; nobody can undo it")
            .Answers<MessageAnswer>(StatusCodes.Status200OK, 404, 409)
            .WithExamples(answer: new MessageAnswer("Ticket supprimé pour de bon"));
    }

    private static async Task<TicketsAnswer> ListAsync(
        [AsParameters] TicketListParameters parameters, ClaimsPrincipal user, TicketQueries queries, CancellationToken cancellationToken)
    {
        var found = await queries.ListAsync(parameters.ToFilter(), Actor.From(user).UserId, cancellationToken);
        return new TicketsAnswer([.. found.Rows.Select(TicketJson.From)], found.Total, found.Page, found.PageSize);
    }

    private static async Task<IResult> FindAsync(string id, TicketQueries queries, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, cancellationToken) is { DeletedAt: null } detail
            ? Results.Ok(new TicketDetailAnswer(
                TicketJson.From(detail.Ticket), [.. detail.Timeline.Select(TimelineJson.From)], [.. detail.Comments.Select(CommentJson.From)]))
            : ApiErrors.NotFound(Unknown);

    private static async Task<IResult> CreateAsync(
        Body<CreateTicketRequest> body, ClaimsPrincipal user, CreateTicket create, TicketQueries queries, CancellationToken cancellationToken)
    {
        var created = await create.ExecuteAsync(Actor.From(user), body.Value, cancellationToken);
        return Results.Created($"/api/tickets/{created.TicketId}", await AnswerAsync(queries, created.Id, cancellationToken));
    }

    private static async Task<IResult> PatchAsync(
        string id, Body<PatchTicketRequest> body, ClaimsPrincipal user, PatchTicket patch, TicketQueries queries, CancellationToken cancellationToken) =>
        await queries.FindIdAsync(id, cancellationToken) is { } row && await patch.ExecuteAsync(Actor.From(user), row, body.Value, cancellationToken)
            ? Results.Ok(await AnswerAsync(queries, row, cancellationToken))
            : ApiErrors.NotFound(Unknown);

    private static async Task<IResult> TrashAsync(
        string id, int? version, ClaimsPrincipal user, TrashTicket trash, TicketQueries queries, CancellationToken cancellationToken) =>
        await queries.FindIdAsync(id, cancellationToken) is { } row && await trash.ExecuteAsync(Actor.From(user), row, version, cancellationToken)
            ? Results.Ok(new MessageAnswer("Ticket déplacé dans la corbeille"))
            : ApiErrors.NotFound(Unknown);

    private static async Task<IResult> RestoreAsync(
        string id, ClaimsPrincipal user, TrashTicket trash, TicketQueries queries, CancellationToken cancellationToken) =>
        await queries.FindIdAsync(id, cancellationToken) is { } row && await trash.RestoreAsync(Actor.From(user), row, cancellationToken)
            ? Results.Ok(await AnswerAsync(queries, row, cancellationToken))
            : ApiErrors.NotFound(Unknown);

    private static async Task<IResult> EraseAsync(
        string id, int? version, ClaimsPrincipal user, EraseTicket erase, TicketQueries queries, CancellationToken cancellationToken) =>
        await queries.FindIdAsync(id, cancellationToken) is { } row && await erase.ExecuteAsync(Actor.From(user), row, version, cancellationToken)
            ? Results.Ok(new MessageAnswer("Ticket supprimé pour de bon"))
            : ApiErrors.NotFound(Unknown);

    // Somebody may delete it for good between the save and this look.
    private static async Task<TicketAnswer> AnswerAsync(TicketQueries queries, int id, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, cancellationToken) is { } found ? new(TicketJson.From(found.Ticket)) : throw new StaleRecordException();
}

/// <summary>What the OpenAPI document shows: the ticket of the notifier's contract.</summary>
internal static class TicketExamples
{
    public static CreateTicketRequest Create { get; } = new()
    {
        Title = "Bruit anormal au démarrage",
        Description = "Un bruit sec à chaque démarrage, plus fort à froid.",
        ReporterName = "Jean Dubois",
        MachineId = 3,
        Priority = TicketPriority.High,
        AssignedTo = 2,
        ScheduledDate = "2025-11-10T00:00:00Z",
    };

    public static TicketJson Ticket { get; } = new(
        42,
        "IGP-POLISSEUSE-20251109-768",
        Create.Title!,
        Create.Description!,
        TicketStatus.Received,
        TicketPriority.High,
        3,
        "Polisseuse Double Edger",
        "Polisseuse",
        "Double Edger",
        2,
        "Technicien Martin Tremblay",
        4,
        "Jean Dubois",
        "2025-11-10 00:00:00",
        null,
        true,
        "2025-11-09 16:22:00",
        "2025-11-09 16:22:00",
        null,
        0);

    public static TimelineJson Timeline { get; } = new(
        101, TimelineAction.Created, 4, "Opérateur Jean Dubois", null, TicketStatus.Received, null, null, null, "2025-11-09 16:22:00");

    public static CommentJson Comment { get; } = new(
        7, 42, 2, "Technicien Martin Tremblay", Roles.Technician, "Courroie commandée, arrivée prévue jeudi.", "2025-11-09 18:05:00");
}
