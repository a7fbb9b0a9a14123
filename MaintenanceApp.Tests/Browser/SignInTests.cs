using System.Text.RegularExpressions;
using MaintenanceApp.Users;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

[Collection(InBrowser.Name)]
public sealed class SignInTests(BrowserHost host)
{
    [Fact]
    public async Task A_visitor_is_sent_to_the_sign_in_page_and_back()
    {
        var user = await host.App.Given.User(Roles.Technician);
        await using var window = await host.OpenAsync();
        await window.GoAsync("/more", isInteractive: false);
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/login");

        await window.Page.FillAsync("input[name=email]", user.Email!.ToUpperInvariant());
        await window.Page.FillAsync("input[name=password]", Support.Given.Password);
        await window.Page.PressAsync("input[name=password]", "Enter");

        await Assertions.Expect(window.Page).ToHaveURLAsync(new Regex(@"/more(\?|$)"));
        await window.UntilInteractiveAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_words_and_keeps_the_email()
    {
        var user = await host.App.Given.User(Roles.Technician);
        await using var window = await host.OpenAsync();
        await window.GoAsync("/login", isInteractive: false);

        await window.Page.FillAsync("input[name=email]", user.Email!);
        await window.Page.FillAsync("input[name=password]", "pas le bon mot de passe");
        await window.Page.PressAsync("input[name=password]", "Enter");

        await window.Page.GetByText("Email ou mot de passe incorrect").Or(window.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).First.WaitForAsync();
        (await window.Page.InputValueAsync("input[name=email]")).ShouldBe(user.Email);
    }
}
