using System.Security.Claims;
using MaintenanceApp.Hosting;

namespace MaintenanceApp.Users;

/// <summary>Accounts; writing is for administrators.</summary>
public static class UserRoutes
{
    private const string Unknown = "Utilisateur introuvable";

    private static readonly UserJson Example = new(
        9, "planner@exemple.ca", "Marc Ouellet", Roles.Planner, "2025-11-01 13:00:00", "2025-11-01 13:00:00", "2025-11-12 12:04:51", true);

    public static void MapUserRoutes(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/users").WithTags("users");
        users.MapGet("", async (UserQueries queries, CancellationToken cancellationToken) =>
                new UsersAnswer([.. (await queries.ListAsync(cancellationToken)).Select(UserJson.From)]))
            .RequireAuthorization(Permissions.ReadUsers)
            .WithSummary("Every account, deactivated ones too")
            .WithExamples(answer: new UsersAnswer([Example]));
        users.MapPost("", CreateAsync)
            .RequireAuthorization(Permissions.ManageUsers)
            .WithSummary("Opens an account")
            .Answers<UserChangedAnswer>(StatusCodes.Status201Created, 400, 409)
            .WithExamples(
                new CreateUserRequest { Email = Example.Email, Password = "dix-caracteres-au-moins", FullName = Example.FullName, Role = Example.Role },
                new UserChangedAnswer("Utilisateur créé", Example));
        users.MapPut("/{id}", UpdateAsync)
            .RequireAuthorization(Permissions.ManageUsers)
            .WithSummary("Changes an account; a field left out stays as it is")
            .Answers<UserChangedAnswer>(StatusCodes.Status200OK, 400, 404, 409)
            .WithExamples(new UpdateUserRequest { Role = Roles.Supervisor }, new UserChangedAnswer("Utilisateur modifié", Example with { Role = Roles.Supervisor }));
        users.MapDelete("/{id}", DeleteAsync)
            .RequireAuthorization(Permissions.ManageUsers)
            .WithSummary("Deactivates an account: it cannot sign in any more, its history stays")
            .Answers<MessageAnswer>(StatusCodes.Status200OK, 404, 409)
            .WithExamples(answer: new MessageAnswer("Utilisateur désactivé"));
    }

    private static async Task<IResult> CreateAsync(
        Body<CreateUserRequest> body, ClaimsPrincipal user, CreateUser create, UserQueries queries, CancellationToken cancellationToken)
    {
        var id = await create.ExecuteAsync(Actor.From(user), body.Value, cancellationToken);
        var created = await queries.FindAsync(id, cancellationToken);
        return Results.Created($"/api/users/{id}", new UserChangedAnswer("Utilisateur créé", UserJson.From(created!)));
    }

    private static async Task<IResult> UpdateAsync(
        RouteId id, Body<UpdateUserRequest> body, ClaimsPrincipal user, UpdateUser update, UserQueries queries, CancellationToken cancellationToken) =>
        await update.ExecuteAsync(Actor.From(user), id.Value, body.Value, cancellationToken)
            ? Results.Ok(new UserChangedAnswer("Utilisateur modifié", UserJson.From((await queries.FindAsync(id.Value, cancellationToken))!)))
            : ApiErrors.NotFound(Unknown);

    private static async Task<IResult> DeleteAsync(RouteId id, ClaimsPrincipal user, DeleteUser delete, CancellationToken cancellationToken) =>
        await delete.ExecuteAsync(Actor.From(user), id.Value, cancellationToken)
            ? Results.Ok(new MessageAnswer("Utilisateur désactivé"))
            : ApiErrors.NotFound(Unknown);
}
