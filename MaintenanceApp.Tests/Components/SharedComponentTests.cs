using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Tests.Components;

public sealed class SharedComponentTests
{
    [Theory]
    [InlineData(TicketStatus.Received, "received", "Reçue")]
    [InlineData(TicketStatus.InProgress, "progress", "En cours")]
    [InlineData(TicketStatus.WaitingParts, "waiting", "En attente de pièces")]
    [InlineData(TicketStatus.Archived, "archived", "Archivé")]
    public async Task A_status_has_a_word_besides_its_colour(TicketStatus status, string css, string word)
    {
        await using var screen = new Screen();
        var pill = screen.Context.Render<StatusPill>(set => set.Add(it => it.Value, status)).Find(".status");
        pill.ClassList.ShouldContain(css);
        pill.TextContent.ShouldBe(word);
        pill.QuerySelector("svg")!.GetAttribute("aria-hidden").ShouldBe("true");
    }

    [Theory]
    [InlineData(NotificationStatus.Pending, 0, "À envoyer")]
    [InlineData(NotificationStatus.Pending, 2, "Nouvel essai")]
    [InlineData(NotificationStatus.Dead, 8, "Abandonnée")]
    public async Task A_waiting_notification_that_was_tried_is_a_retry(NotificationStatus status, int attempts, string word)
    {
        await using var screen = new Screen();
        screen.Context.Render<SendPill>(set => set.Add(it => it.Value, status).Add(it => it.AttemptCount, attempts))
            .Find(".status").TextContent.ShouldBe(word);
    }

    [Fact]
    public async Task A_late_ticket_carries_what_the_browser_clock_needs()
    {
        await using var screen = new Screen();
        var late = screen.Context.Render<Lateness>(set => set
            .Add(it => it.Due, screen.At("2025-11-12 08:00"))
            .Add(it => it.Status, TicketStatus.InProgress));
        var due = late.Find(".due");
        due.ClassList.ShouldContain("late");
        due.GetAttribute("data-due").ShouldBe("2025-11-12T13:00:00.0000000Z");
        late.Find("time").GetAttribute("datetime").ShouldBe("2025-11-12T13:00:00.0000000Z");
        Screen.Plain(late.Find("time").TextContent).ShouldBe("En retard de 6 h");
        late.Find(".due-note").TextContent.ShouldBe("en cours, non notifié");
    }

    [Theory]
    [InlineData(TicketStatus.Received, "2025-11-12 16:45", "PLANIFIÉ · Martin · auj. 16 h 45")]
    [InlineData(TicketStatus.Diagnostic, "2025-11-10 10:15", "En retard de 2 j 4 hPLANIFIÉ · Martin · lun. 10 h 15")]
    [InlineData(TicketStatus.WaitingParts, "2025-11-12 08:00", "En retard de 6 hprévu · Martin · auj. 8 h")]
    [InlineData(TicketStatus.InProgress, "2025-11-13 15:00", "Dû demain 15 h")]
    [InlineData(TicketStatus.Received, null, "ASSIGNÉ · Martin")]
    [InlineData(TicketStatus.Completed, "2025-11-10 10:15", "")]
    public async Task A_card_says_planned_assigned_or_late(TicketStatus status, string? due, string expected)
    {
        await using var screen = new Screen();
        var banner = screen.Context.Render<ScheduleBanner>(set => set
            .Add(it => it.Due, due is null ? null : screen.At(due))
            .Add(it => it.Status, status)
            .Add(it => it.AssigneeName, "Martin"));
        Screen.Plain(string.Concat(banner.Nodes.Select(node => node.TextContent))).Trim().ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, null, "Non assigné")]
    [InlineData(0, "Équipe complète", "Équipe")]
    [InlineData(3, "Martin Tremblay", "MTMartin Tremblay")]
    [InlineData(999, null, "?Ancien compte")]
    public async Task A_person_the_team_and_nobody_are_told_apart_in_words(int? id, string? name, string expected)
    {
        await using var screen = new Screen();
        screen.Context.Render<PersonBadge>(set => set.Add(it => it.UserId, id).Add(it => it.Name, name))
            .Find(".who").TextContent.Trim().ShouldBe(expected);
    }

    [Fact]
    public async Task A_filter_shows_its_value_and_can_be_removed()
    {
        await using var screen = new Screen();
        string? value = "high";
        var chip = screen.Context.Render<FilterChip>(set => set
            .Add(it => it.Label, "Priorité")
            .Add(it => it.Value, value)
            .Add(it => it.Options, [new FilterOption("low", "Faible"), new FilterOption("high", "Haute")])
            .Add(it => it.ValueChanged, chosen => value = chosen));
        Screen.Plain(chip.Find(".chip-pick > span").TextContent).ShouldBe("Priorité : Haute");
        await chip.Find("button").ClickAsync();
        value.ShouldBeNull();
        await chip.Find("select").ChangeAsync("low");
        value.ShouldBe("low");
    }

    [Fact]
    public async Task Pages_are_links_and_say_the_range()
    {
        await using var screen = new Screen();
        var pager = screen.Context.Render<Pager>(set => set
            .Add(it => it.Page, 2).Add(it => it.PageSize, 25).Add(it => it.Total, 60).Add(it => it.Href, page => $"/tickets?page={page}"));
        pager.Find("nav > span").TextContent.ShouldBe("26 à 50 sur 60");
        pager.FindAll("a").Select(link => link.GetAttribute("href")).ShouldBe(["/tickets?page=1", "/tickets?page=3"]);
    }

    [Fact]
    public async Task A_toast_offers_to_take_back_what_was_done()
    {
        await using var screen = new Screen();
        var isUndone = false;
        var toasts = screen.Service<ToastMessages>();
        var host = screen.Context.Render<ToastHost>();
        toasts.Show("Billet assigné", () =>
        {
            isUndone = true;
            return Task.CompletedTask;
        });
        await host.WaitForElement(".toast .btn").ClickAsync();
        isUndone.ShouldBeTrue();
        host.Find("[role=status] .toast span").TextContent.ShouldBe("C’est annulé.");
        host.FindAll(".toast .btn").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stale", "Annulation impossible : quelqu’un a modifié ceci entre-temps.")]
    [InlineData("rule", "Annulation impossible : Ce billet est archivé.")]
    [InlineData("forbidden", "Annulation impossible : votre rôle ne le permet pas.")]
    public async Task An_undo_that_comes_too_late_says_why(string refusal, string expected)
    {
        await using var screen = new Screen();
        var host = screen.Context.Render<ToastHost>();
        screen.Service<ToastMessages>().Show("Billet assigné", () => throw (refusal switch
        {
            "stale" => new StaleRecordException(),
            "rule" => new RuleException("ticket.archived", "Ce billet est archivé."),
            _ => new ForbiddenException("tickets.plan"),
        }));
        await host.WaitForElement(".toast .btn").ClickAsync();
        Screen.Plain(host.Find(".toast span").TextContent).ShouldBe(expected);
    }

    [Fact]
    public async Task A_dialog_repeats_the_verb_and_answers_no_when_closed()
    {
        await using var screen = new Screen();
        var dialog = screen.Context.Render<ConfirmDialog>();
        var answer = dialog.InvokeAsync(() => dialog.Instance.AskAsync("Renvoyer ?", "Une notification partira.", "Renvoyer 1 notification"));
        dialog.WaitForElement("h2").TextContent.ShouldBe("Renvoyer ?");
        dialog.FindAll("button").Select(button => button.TextContent).ShouldBe(["Annuler", "Renvoyer 1 notification"]);
        dialog.Find("button").HasAttribute("autofocus").ShouldBeTrue();
        await dialog.Find("button").ClickAsync();
        (await answer).ShouldBeFalse();

        answer = dialog.InvokeAsync(() => dialog.Instance.AskAsync("Renvoyer ?", "Une notification partira.", "Renvoyer 1 notification"));
        dialog.WaitForElement("h2");
        await dialog.FindAll("button")[1].ClickAsync();
        (await answer).ShouldBeTrue();
    }
}
