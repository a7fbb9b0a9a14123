using System.Security.Claims;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;

namespace MaintenanceApp.Machines;

/// <summary>The equipment register.</summary>
public static class MachineRoutes
{
    private const string Unknown = "Machine introuvable";

    private static readonly MachineJson Example = new(
        3, "Four", "Tempering 3200", "FT-3200-18", "Hall B", MachineStatus.Operational, "2025-11-01 13:00:00", "2025-11-01 13:00:00", 0);

    public static void MapMachineRoutes(this IEndpointRouteBuilder routes)
    {
        var machines = routes.MapGroup("/api/machines").WithTags("machines");
        machines.MapGet("", async (MachineQueries queries, CancellationToken cancellationToken) =>
                new MachinesAnswer([.. (await queries.ListAsync(cancellationToken)).Select(MachineJson.From)]))
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("Every machine")
            .WithExamples(answer: new MachinesAnswer([Example]));
        machines.MapGet("/{id}", async (RouteId id, MachineQueries queries, CancellationToken cancellationToken) =>
                await queries.FindAsync(id.Value, cancellationToken) is { } row ? Results.Ok(new MachineAnswer(MachineJson.From(row))) : ApiErrors.NotFound(Unknown))
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("One machine")
            .Answers<MachineAnswer>(StatusCodes.Status200OK, 404)
            .WithExamples(answer: new MachineAnswer(Example));
        machines.MapPost("", CreateAsync)
            .RequireAuthorization(Permissions.ManageMachines)
            .WithSummary("Adds a machine")
            .Answers<MachineAnswer>(StatusCodes.Status201Created, 400, 409)
            .WithExamples(
                new MachineRequest { MachineType = Example.MachineType, Model = Example.Model, SerialNumber = Example.SerialNumber, Location = Example.Location },
                new MachineAnswer(Example));
        machines.MapPatch("/{id}", PatchAsync)
            .RequireAuthorization(Permissions.ManageMachines)
            .WithSummary("Changes the fields given")
            .Answers<MachineAnswer>(StatusCodes.Status200OK, 400, 404, 409)
            .WithExamples(
                new PatchMachineRequest { Status = MachineStatus.OutOfService },
                new MachineAnswer(Example with { Status = MachineStatus.OutOfService, Version = 1 }));
        machines.MapDelete("/{id}", DeleteAsync)
            .RequireAuthorization(Permissions.ManageMachines)
            .WithSummary("Removes a machine that has no ticket")
            .Answers<MessageAnswer>(StatusCodes.Status200OK, 404, 409)
            .WithExamples(answer: new MessageAnswer("Machine supprimée"));
    }

    private static async Task<IResult> CreateAsync(
        Body<MachineRequest> body, ClaimsPrincipal user, CreateMachine create, MachineQueries queries, CancellationToken cancellationToken)
    {
        var id = await create.ExecuteAsync(Actor.From(user), body.Value, cancellationToken);
        return Results.Created($"/api/machines/{id}", await AnswerAsync(queries, id, cancellationToken));
    }

    private static async Task<IResult> PatchAsync(
        RouteId id, Body<PatchMachineRequest> body, ClaimsPrincipal user, PatchMachine patch, MachineQueries queries, CancellationToken cancellationToken) =>
        await patch.ExecuteAsync(Actor.From(user), id.Value, body.Value, cancellationToken)
            ? Results.Ok(await AnswerAsync(queries, id.Value, cancellationToken))
            : ApiErrors.NotFound(Unknown);

    private static async Task<IResult> DeleteAsync(RouteId id, ClaimsPrincipal user, DeleteMachine delete, CancellationToken cancellationToken) =>
        await delete.ExecuteAsync(Actor.From(user), id.Value, cancellationToken)
            ? Results.Ok(new MessageAnswer("Machine supprimée"))
            : ApiErrors.NotFound(Unknown);

    // Somebody may delete it between the save and this look.
    private static async Task<MachineAnswer> AnswerAsync(MachineQueries queries, int id, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, cancellationToken) is { } found ? new(MachineJson.From(found)) : throw new StaleRecordException();
}
