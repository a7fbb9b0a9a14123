using Bunit;
using MaintenanceApp.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Tests.Components;

/// <summary>A click that the database cannot answer costs nobody the page.</summary>
public sealed class AppComponentTests
{
    private static readonly SqliteException Away = new("unable to open database file", 14);

    [Theory]
    [InlineData("fr-CA", "La base de données ne répond pas : rien n’a été enregistré. Réessayez.")]
    [InlineData("en-CA", "The database does not answer: nothing was saved. Try again.")]
    public async Task An_event_without_the_database_is_said_and_the_page_stays(string language, string sentence)
    {
        await using var screen = new Screen(language);
        var page = screen.Context.Render<Probe>(parameters => parameters.Add(probe => probe.Act, () => Task.FromException(Away)));
        await page.Find("input").InputAsync("à moitié");
        await page.Find("button").ClickAsync();

        Screen.Plain(screen.Service<ToastMessages>().Current.ShouldNotBeNull().Sentence).ShouldBe(sentence);
        page.Find("input").GetAttribute("value").ShouldBe("à moitié");
        page.Instance.HasGoneOn.ShouldBeFalse("what follows in the handler does not happen");
    }

    [Fact]
    public async Task A_dialog_does_not_close_over_a_save_that_failed_in_the_page()
    {
        await using var screen = new Screen();
        var page = screen.Context.Render<Probe>();
        var dialog = screen.Context.Render<Probe>(parameters => parameters.Add(
            probe => probe.Save, EventCallback.Factory.Create(page.Instance, () => Task.FromException(Away))));
        await dialog.Find("button").ClickAsync();
        dialog.Instance.HasGoneOn.ShouldBeFalse();
        screen.Service<ToastMessages>().Current.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_nobody_foresaw_is_not_hushed_up()
    {
        await using var screen = new Screen();
        var page = screen.Context.Render<Probe>(parameters => parameters.Add(probe => probe.Act, () => Task.FromException(new InvalidOperationException("faute"))));
        (await Should.ThrowAsync<InvalidOperationException>(() => page.Find("button").ClickAsync())).Message.ShouldBe("faute");
        screen.Service<ToastMessages>().Current.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_read_after_the_page_is_drawn_may_fail_quietly()
    {
        await using var screen = new Screen();
        var page = screen.Context.Render<Probe>(parameters => parameters.Add(probe => probe.AfterRender, () => Task.FromException(Away)));
        page.Find("button").ShouldNotBeNull();
        screen.Service<ToastMessages>().Current.ShouldBeNull("nobody asked for anything");
    }

    private sealed class Probe : AppComponent
    {
        private string typed = "";

        [Parameter]
        public Func<Task>? Act { get; set; }

        [Parameter]
        public Func<Task>? AfterRender { get; set; }

        [Parameter]
        public EventCallback Save { get; set; }

        public bool HasGoneOn { get; private set; }

        protected override Task OnAfterRenderAsync(bool firstRender) => firstRender && AfterRender is not null ? AfterRender() : Task.CompletedTask;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "input");
            builder.AddAttribute(1, "value", typed);
            builder.AddAttribute(2, "oninput", EventCallback.Factory.Create<ChangeEventArgs>(this, change => typed = (string?)change.Value ?? ""));
            builder.CloseElement();
            builder.OpenElement(3, "button");
            builder.AddAttribute(4, "onclick", EventCallback.Factory.Create(this, ClickAsync));
            builder.CloseElement();
        }

        private async Task ClickAsync()
        {
            await (Act?.Invoke() ?? Task.CompletedTask);
            await Save.InvokeAsync();
            HasGoneOn = true;
        }
    }
}
