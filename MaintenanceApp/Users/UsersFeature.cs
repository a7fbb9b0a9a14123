using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace MaintenanceApp.Users;

/// <summary>Accounts, roles, sign-in: ASP.NET Core Identity with a cookie for pages and an opaque bearer token for routes.</summary>
public static class UsersFeature
{
    private const string CookieOrBearer = "CookieOrBearer";

    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<AdminOptions>().BindConfiguration("Admin").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AuditLog>();

        services.AddIdentityCore<User>(options =>
            {
                options.User.RequireUniqueEmail = true;

                // User names are e-mails: Identity's own list would lock out o'brien@… at the first password upgrade.
                options.User.AllowedUserNameCharacters = "";
                options.Password.RequiredLength = User.PasswordMinLength;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireDigit = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddEntityFrameworkStores<Data.AppDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>();

        services.AddScoped<IPasswordHasher<User>, LegacyPasswordHasher>();

        services.AddAuthentication(options =>
            {
                options.DefaultScheme = CookieOrBearer;
                options.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
            })
            .AddPolicyScheme(CookieOrBearer, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
                    ? IdentityConstants.BearerScheme
                    : IdentityConstants.ApplicationScheme)
            .AddBearerToken(IdentityConstants.BearerScheme, options => options.BearerTokenExpiration = AccessTokens.Lifetime)
            .AddIdentityCookies();

        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "maintenance";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = "/login";
            options.AccessDeniedPath = "/no-access";
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
            options.SlidingExpiration = true;
            options.Events.OnRedirectToLogin = context => RedirectOr(context, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => RedirectOr(context, StatusCodes.Status403Forbidden);
        });

        services.AddAuthorization(options =>
        {
            foreach (var permission in Permissions.All)
            {
                options.AddPolicy(permission, policy => policy.RequireAssertion(context =>
                    context.User.Identity is { IsAuthenticated: true } && Actor.From(context.User).Can(permission)));
            }

            // Nothing is public by omission: a route or page without a policy still wants a signed-in user.
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        });

        services.AddHttpContextAccessor();
        services.AddScoped<IClaimsTransformation, LiveAccount>();
        services.AddScoped<AuthenticationStateProvider, LiveAuthenticationState>();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<SetupCode>();
        services.AddScoped<SignIn>();
        services.AddSingleton<SignInQueries>();
        services.AddScoped<FirstAdmin>();
        services.AddLoginLimit();
        services.AddSingleton<UserQueries>();
        services.AddSingleton<PreferenceQueries>();
        services.AddSingleton<SavePreferences>();
        services.AddSingleton<RememberListLook>();
        services.AddScoped<CreateUser>();
        services.AddScoped<UpdateUser>();
        services.AddScoped<DeleteUser>();
        return services;
    }

    /// <summary>Creates the first admin from configuration, or prints the one-time code of <c>/setup</c>.</summary>
    public static async Task EnsureFirstAdminAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FirstAdmin>().EnsureAsync(app.Lifetime.ApplicationStopping);
    }

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapAuthRoutes();
        routes.MapUserRoutes();
    }

    /// <summary>Pages are sent to a page; routes get a status and a JSON body.</summary>
    private static Task RedirectOr(RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context, int status)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
