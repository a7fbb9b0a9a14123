using MaintenanceApp.Components;
using MaintenanceApp.Hosting;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Users.Pages;

/// <summary>Sign-in: a plain form, static HTML, no circuit. The form is taken by <see cref="SignInRoutes"/>.</summary>
public sealed partial class LoginPage(SignInQueries queries)
{
    private IReadOnlyList<string> admins = [];
    private IReadOnlyList<DemoAccount> demoAccounts = [];
    private RefusedForm? refused;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    // After a refused form the address comes with the form.
    private string? Target => ReturnUrl ?? (HttpMethods.IsPost(Context.Request.Method) && Context.Request.HasFormContentType ? Context.Request.Form["returnUrl"].ToString() : null);

    private string SelfUrl => LocalUrl.OrHome(Target) == "/" ? "/login" : $"/login?returnUrl={Uri.EscapeDataString(Target!)}";

    private string Refusal => refused is { LockedUntil: { } until } ? L["LockedOut", Instants.Time(until)] : L[refused!.Refusal];

    protected override async Task OnInitializedAsync()
    {
        if (Context.User.Identity is { IsAuthenticated: true } && HttpMethods.IsGet(Context.Request.Method))
        {
            Context.Response.Redirect(LocalUrl.OrHome(ReturnUrl));
            return;
        }

        refused = RefusedForm.Of(Context);
        admins = await queries.AdminNamesAsync(Context.RequestAborted);
        demoAccounts = await queries.DemoAccountsAsync(Context.RequestAborted);
    }

    private static string IconOf(string role) => role switch
    {
        Roles.Admin => "adjustments-horizontal",
        Roles.Technician or Roles.SeniorTechnician => "tool",
        Roles.Operator or Roles.FurnaceOperator or Roles.TeamLeader => "building-factory-2",
        Roles.Viewer or Roles.Director => "eye",
        _ => "user",
    };
}
