using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Data;

/// <summary>What is typed or sent is kept without what cannot be seen, and whole where it can.</summary>
public sealed class TypedTextTests
{
    [Theory]
    [InlineData("Valve\r\nBcc: pirate@usine.example", "Valve Bcc: pirate@usine.example")]
    [InlineData("  a\tb\u0001c\u0085d\u2028e  ", "a b c d e")]
    [InlineData("deux  espaces", "deux  espaces")]
    [InlineData("n\u00B0\u00A05", "n\u00B0\u00A05")]
    [InlineData("\u202Eegassap\u202C \u2066x\u2069 \u200E", "egassap x")]
    [InlineData("cour\u00ADroie\u200B\uFEFF\u2060", "courroie")]
    [InlineData("\u200B\u2060\u3164 \u2800\uFE0F", "")]
    [InlineData("four\u200Dneau", "fourneau")]
    [InlineData("👩\u200D🔧 et 🏳\uFE0F\u200D🌈", "👩\u200D🔧 et 🏳\uFE0F\u200D🌈")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E007F drapeau \U000E0041caché", "\U0001F3F4\U000E0067\U000E0062\U000E007F drapeau caché")]
    [InlineData("e\u0301te\u0301", "e\u0301te\u0301")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void One_line_holds_what_can_be_seen(string? typed, string? kept) => TypedText.OneLine(typed).ShouldBe(kept);

    [Theory]
    [InlineData("un\r\ndeux\rtrois\n\tquatre\u0007", "un\ndeux\ntrois\n\tquatre")]
    [InlineData("\u202Ea\nb", "a\nb")]
    [InlineData(" \n\u200B\n ", "")]
    [InlineData(null, null)]
    public void Several_lines_stay_several(string? typed, string? kept) => TypedText.Lines(typed).ShouldBe(kept);

    [Theory]
    [InlineData("marie@usine.example")]
    [InlineData("o'brien+moulin@sous.domaine.usine.example")]
    [InlineData("josé@usine.example")]
    [InlineData("marie@usiné.example")]
    [InlineData("a_b-c.d@usine.example")]
    [InlineData("\"marie t\"@usine.example")]
    public void An_unusual_address_that_can_receive_mail_is_fine(string address) => MailboxAttribute.IsMailbox(address).ShouldBeTrue();

    [Theory]
    [InlineData("marie")]
    [InlineData("marie@")]
    [InlineData("@usine.example")]
    [InlineData("marie@usine")]
    [InlineData("marie@@usine.example")]
    [InlineData("marie tremblay@usine.example")]
    [InlineData(".marie@usine.example")]
    [InlineData("marie.@usine.example")]
    [InlineData("marie@usine..example")]
    [InlineData("marie@-usine.example")]
    [InlineData("marie@usine_a.example")]
    [InlineData("Marie <marie@usine.example>")]
    [InlineData("marie@usine.example, luc@usine.example")]
    [InlineData("marie@usine.example\r\nBcc: x@y.example")]
    public void What_cannot_receive_mail_is_refused(string address) => MailboxAttribute.IsMailbox(address).ShouldBeFalse();
}
