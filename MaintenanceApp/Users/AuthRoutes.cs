using System.Security.Claims;
using MaintenanceApp.Hosting;
using Microsoft.AspNetCore.Identity;

namespace MaintenanceApp.Users;

/// <summary>Both are required.</summary>
public sealed class LoginRequest
{
    /// <summary>In any case.</summary>
    public string? Email { get; set; }

    public string? Password { get; set; }
}

/// <summary>Sign-in for programs. There is no open registration.</summary>
public static class AuthRoutes
{
    private static readonly UserJson Example = new(
        5, "superviseure@exemple.ca", "Anne Roy", Roles.Supervisor, "2025-11-01 13:00:00", "2025-11-01 13:00:00", "2025-11-12 12:04:51", true);

    public static void MapAuthRoutes(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/api/auth").WithTags("auth");
        auth.MapPost("/login", LoginAsync)
            .AllowAnonymous()
            .RequireRateLimiting(LoginLimit.Policy)
            .WithSummary("E-mail and password for a bearer token of 12 hours")
            .Answers<LoginAnswer>(StatusCodes.Status200OK, 400, 401, 429)
            .WithExamples(new LoginRequest { Email = Example.Email, Password = "votre-mot-de-passe" }, new LoginAnswer("CfDJ8N…", Example));
        auth.MapGet("/me", MeAsync)
            .RequireAuthorization()
            .WithSummary("Whose token or cookie this is")
            .Answers<UserAnswer>(StatusCodes.Status200OK, 401)
            .WithExamples(answer: new UserAnswer(Example));
    }

    private static async Task<IResult> LoginAsync(
        Body<LoginRequest> body, SignIn signIn, SignInManager<User> principals, AccessTokens tokens, UserQueries queries, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Value.Email) || string.IsNullOrEmpty(body.Value.Password))
        {
            return ApiErrors.BadRequest("Email et mot de passe requis");
        }

        // A locked account answers as a wrong password does: the route must not say which accounts exist.
        if (body.Value.Email.Length > User.EmailMaxLength || body.Value.Password.Length > User.PasswordMaxLength
            || await signIn.CheckAsync(body.Value.Email, body.Value.Password) is not SignInOutcome.Succeeded { User: var user })
        {
            return ApiErrors.Answer(StatusCodes.Status401Unauthorized, "Email ou mot de passe incorrect", "auth.refused");
        }

        var token = tokens.IssueFor(await principals.CreateUserPrincipalAsync(user));
        return Results.Ok(new LoginAnswer(token, UserJson.From((await queries.FindAsync(user.Id, cancellationToken))!)));
    }

    private static async Task<IResult> MeAsync(ClaimsPrincipal user, UserQueries queries, CancellationToken cancellationToken) =>
        await queries.FindAsync(Actor.From(user).UserId, cancellationToken) is { } row
            ? Results.Ok(new UserAnswer(UserJson.From(row)))
            : ApiErrors.NotFound("Utilisateur introuvable");
}
