using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace MaintenanceApp.Users;

/// <summary>A form of the sign-in or the setup page that was refused: shown again with its reason and without its password.</summary>
/// <param name="Email">As typed.</param>
/// <param name="Refusal">A key of <see cref="UserTexts"/>.</param>
/// <param name="LockedUntil">UTC, when the account is locked.</param>
/// <param name="FullName">As typed, on the setup page.</param>
public sealed record RefusedForm(string? Email, string Refusal, DateTime? LockedUntil = null, string? FullName = null)
{
    public static RefusedForm? Of(HttpContext context) => context.Items[nameof(RefusedForm)] as RefusedForm;
}

/// <summary>The plain forms of <c>/login</c>, <c>/logout</c> and <c>/setup</c>: they work without a circuit and without scripts.</summary>
public static class SignInRoutes
{
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder routes)
    {
        // Before the pages of the same addresses, which also accept a POST.
        var forms = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription()
            .WithMetadata(new ExcludeFromInteractiveRoutingAttribute());
        forms.MapPost("/login", SignInAsync).WithOrder(-1);
        forms.MapPost("/login/demo", SignInToDemoAsync);
        forms.MapPost("/logout", SignOutAsync);
        forms.MapPost("/setup", SetUpAsync).WithOrder(-1);
        return routes;
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? email, [FromForm] string? password, [FromForm] string? remember, [FromForm] string? returnUrl,
        SignIn signIn, SignInManager<User> sessions, PreferenceQueries preferences, HttpContext context)
    {
        var outcome = await signIn.CheckAsync(email ?? "", password ?? "");
        if (outcome is not SignInOutcome.Succeeded { User: var user })
        {
            return Again<LoginPage>(context, outcome is SignInOutcome.LockedOut locked
                ? new RefusedForm(email, "LockedOut", locked.Until)
                : new RefusedForm(email, "Refused"));
        }

        await sessions.SignInAsync(user, isPersistent: remember is not null);
        LanguageCookie.Write(context, (await preferences.FindAsync(user.Id, context.RequestAborted)).Language);
        return Results.LocalRedirect(LocalUrl.OrHome(returnUrl));
    }

    private static async Task<IResult> SignInToDemoAsync(
        [FromForm] string? email, [FromForm] string? returnUrl,
        SignInQueries queries, UserManager<User> users, SignInManager<User> sessions, PreferenceQueries preferences, HttpContext context, CancellationToken cancellationToken)
    {
        var accounts = await queries.DemoAccountsAsync(cancellationToken);
        if (accounts.FirstOrDefault(account => account.Email == email) is not { } chosen ||
            await users.FindByEmailAsync(chosen.Email) is not { } user)
        {
            return Results.LocalRedirect("/login");
        }

        await sessions.SignInAsync(user, isPersistent: false);
        LanguageCookie.Write(context, (await preferences.FindAsync(user.Id, cancellationToken)).Language);
        return Results.LocalRedirect(LocalUrl.OrHome(returnUrl));
    }

    private static async Task<IResult> SignOutAsync(SignInManager<User> sessions, IAntiforgery antiforgery, HttpContext context)
    {
        if (await IsOwnFormAsync(antiforgery, context))
        {
            await sessions.SignOutAsync();
        }

        return Results.LocalRedirect("/login");
    }

    private static async Task<bool> IsOwnFormAsync(IAntiforgery antiforgery, HttpContext context)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (Exception exception) when (exception is AntiforgeryValidationException or IOException or InvalidDataException)
        {
            // Not even a form.
            return false;
        }
    }

    private static async Task<IResult> SetUpAsync(
        [FromForm] string? code, [FromForm] string? fullName, [FromForm] string? email, [FromForm] string? password,
        FirstAdmin firstAdmin, UserManager<User> users, SignInManager<User> sessions, HttpContext context)
    {
        (fullName, email) = (Blank.ToNull(TypedText.OneLine(fullName)), Blank.ToNull(TypedText.OneLine(email)));
        if (fullName is null || email is null || !MailboxAttribute.IsMailbox(email))
        {
            return Again<SetupPage>(context, new RefusedForm(email, "SetupIncomplete", FullName: fullName));
        }

        var result = await firstAdmin.CreateWithCodeAsync(code, email, fullName, password ?? "");
        if (result is not { Succeeded: true })
        {
            return Again<SetupPage>(context, new RefusedForm(email, Reason(result), FullName: fullName));
        }

        await sessions.SignInAsync((await users.FindByEmailAsync(email.Trim()))!, isPersistent: false);
        return Results.LocalRedirect("/");
    }

    private static string Reason(IdentityResult? result) => result?.Errors.FirstOrDefault()?.Code switch
    {
        null => "SetupWrongCode",
        nameof(IdentityErrorDescriber.PasswordTooShort) => "SetupPasswordTooShort",
        nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) => "SetupEmailTaken",
        _ => "SetupEmailInvalid",
    };

    // The page again, at the same address: what was typed stays, except the password.
    private static RazorComponentResult<App> Again<TPage>(HttpContext context, RefusedForm refused)
    {
        context.Items[nameof(RefusedForm)] = refused;
        return new RazorComponentResult<App>(new { Page = typeof(TPage) }) { StatusCode = StatusCodes.Status401Unauthorized, PreventStreamingRendering = true };
    }
}
