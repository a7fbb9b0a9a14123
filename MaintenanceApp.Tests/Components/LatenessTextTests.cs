using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Tests.Components;

public sealed class LatenessTextTests
{
    [Theory]
    [InlineData("00:00:30", "30 s", "30 s")]
    [InlineData("00:42:59", "42 min", "42 min")]
    [InlineData("01:05:00", "1 h 05", "1 h 05")]
    [InlineData("02:00:00", "2 h", "2 h")]
    [InlineData("06:32:00", "6 h", "6 h")]
    [InlineData("22:32:00", "22 h", "22 h")]
    [InlineData("2.04:17:00", "2 j 4 h", "2 d 4 h")]
    [InlineData("3.00:20:00", "3 j", "3 d")]
    [InlineData("400.05:00:00", "400 j", "400 d")]
    [InlineData("-01:28:00", "1 h 28", "1 h 28")]
    public async Task A_duration_is_said_in_two_units_at_most(string duration, string french, string english)
    {
        var span = TimeSpan.Parse(duration, CultureInfo.InvariantCulture);
        await using (var screen = new Screen())
        {
            Screen.Plain(screen.Service<DurationText>().Of(span)).ShouldBe(french);
        }

        await using (var screen = new Screen("en-CA"))
        {
            Screen.Plain(screen.Service<DurationText>().Of(span)).ShouldBe(english);
        }
    }

    // Now is Wednesday 12 November 2025, 14 h 32 at the site.
    [Theory]
    [InlineData("2025-11-10 10:15", DueKind.Late, "En retard de 2 j 4 h", "2 d 4 h late")]
    [InlineData("2025-11-12 14:31:30", DueKind.Late, "En retard de 30 s", "30 s late")]
    [InlineData("2025-11-12 16:00", DueKind.Soon, "Dû dans 1 h 28", "Due in 1 h 28")]
    [InlineData("2025-11-12 22:00", DueKind.Soon, "Dû dans 7 h", "Due in 7 h")]
    [InlineData("2025-11-12 23:59", DueKind.Soon, "Dû aujourd’hui", "Due today")]
    [InlineData("2025-11-13 15:00", DueKind.Planned, "Dû demain 15 h", "Due tomorrow 15:00")]
    [InlineData("2025-11-13 23:59", DueKind.Planned, "Dû demain", "Due tomorrow")]
    [InlineData("2025-11-14 09:30", DueKind.Planned, "Dû ven. 9 h 30", "Due Fri 9:30")]
    [InlineData("2025-11-20 09:00", DueKind.Planned, "Dû jeu. 20 nov. 9 h", "Due Thu, Nov 20 9:00")]
    [InlineData("2026-01-05 09:00", DueKind.Planned, "Dû 5 janv. 2026 9 h", "Due Jan 5, 2026 9:00")]
    public async Task A_due_date_is_a_sentence(string due, DueKind kind, string french, string english)
    {
        await using (var screen = new Screen())
        {
            var sentence = screen.Service<LatenessText>().Due(screen.At(due), TicketStatus.Received, screen.Clock.Now);
            sentence.Kind.ShouldBe(kind);
            Screen.Plain(sentence.Text).ShouldBe(french);
        }

        await using (var screen = new Screen("en-CA"))
        {
            var sentence = screen.Service<LatenessText>().Due(screen.At(due), TicketStatus.Received, screen.Clock.Now);
            Screen.Plain(sentence.Text).Replace(".", "", StringComparison.Ordinal).ShouldBe(english);
        }
    }

    [Fact]
    public async Task Without_a_date_or_when_done_no_clock_runs()
    {
        await using var screen = new Screen();
        var text = screen.Service<LatenessText>();
        text.Due(null, TicketStatus.Received, screen.Clock.Now).ShouldBe(new DueSentence(DueKind.NotPlanned, "Sans date"));
        var done = text.Due(screen.At("2025-11-10 10:15"), TicketStatus.Completed, screen.Clock.Now);
        done.Kind.ShouldBe(DueKind.Closed);
        Screen.Plain(done.Text).ShouldBe("Prévu lun. 10 h 15");
    }

    [Theory]
    [InlineData("2025-11-16 09:00", "dim. 16 nov. 9 h")]
    [InlineData("2025-11-14 09:00", "ven. 9 h")]
    [InlineData("2025-11-13 08:00", "demain 8 h")]
    [InlineData("2025-11-12 16:45", "auj. 16 h 45")]
    [InlineData("2025-11-12 16:00", "dans 1 h 28")]
    [InlineData("2025-11-11 20:00", "hier 20 h")]
    [InlineData("2025-11-10 10:15", "lun. 10 h 15")]
    public async Task A_banner_says_the_date_as_close_as_it_is(string due, string expected)
    {
        await using var screen = new Screen();
        Screen.Plain(screen.Service<LatenessText>().BannerDate(screen.At(due), screen.Clock.Now)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(TicketStatus.Received, true, null, null)]
    [InlineData(TicketStatus.Diagnostic, false, null, "non assigné, non notifié")]
    [InlineData(TicketStatus.InProgress, true, null, "en cours, non notifié")]
    [InlineData(TicketStatus.WaitingParts, true, null, "en attente, non notifié")]
    [InlineData(TicketStatus.Received, true, "2025-11-12 18:00", "accusé jusqu’à auj. 18 h")]
    [InlineData(TicketStatus.Completed, true, null, null)]
    public async Task A_late_ticket_that_stays_silent_says_why(TicketStatus status, bool isAssigned, string? snoozedUntil, string? expected)
    {
        await using var screen = new Screen();
        var reason = screen.Service<LatenessText>().SilentBecause(
            screen.At("2025-11-12 08:00"), status, isAssigned, snoozedUntil is null ? null : screen.At(snoozedUntil), screen.Clock.Now);
        (reason is null ? null : Screen.Plain(reason)).ShouldBe(expected);
    }

    [Fact]
    public async Task The_full_date_names_the_zone_of_that_day()
    {
        await using var screen = new Screen();
        var text = screen.Service<InstantText>();
        Screen.Plain(text.Full(screen.At("2025-11-12 18:59"))).ShouldBe("mercredi 12 novembre 2025, 18 h 59 (HNE)");
        Screen.Plain(text.Full(screen.At("2025-07-01 08:00"))).ShouldBe("mardi 1 juillet 2025, 8 h (HAE)");
    }
}
