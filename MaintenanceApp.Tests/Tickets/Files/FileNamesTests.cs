using System.Globalization;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Files;

namespace MaintenanceApp.Tests.Tickets.Files;

public sealed class FileNamesTests
{
    private static FileContent Text => TextContent.PlainUtf8;

    [Theory]
    [InlineData("Liste des pièces.CSV", "Liste des pièces.csv")]
    [InlineData("arrêt.ics", "arrêt.ics")]
    [InlineData("courriel.eml", "courriel.eml")]
    [InlineData("four.log", "four.log")]
    [InlineData("O1234.NC", "O1234.nc")]
    [InlineData("Pompe 2.5 bar", "Pompe 2.5 bar.txt")]
    [InlineData("v1.2.3", "v1.2.3.txt")]
    [InlineData("page.html", "page.html.txt")]
    [InlineData("photo.jpg", "photo.txt")]
    [InlineData(".csv", "fichier.csv")]
    [InlineData("", "fichier.txt")]
    [InlineData("\u200b\u202e", "fichier.txt")]
    [InlineData("fac\u202eture\u0000 \"3\".txt", "facture 3.txt")]
    public void Text_keeps_an_extension_that_is_harmless(string typed, string kept) => FileNames.Of(typed, Text).ShouldBe(kept);

    [Theory]
    [InlineData("Photo du 12.11", "Photo du 12.11.jpg")]
    [InlineData("IMG_0001.JPEG", "IMG_0001.jpg")]
    [InlineData("../../C:\\photos\\Four 2.5.png", "Four 2.5.jpg")]
    public void A_dot_in_a_name_is_no_extension(string typed, string kept) => FileNames.Of(typed, FileContent.Jpeg).ShouldBe(kept);

    [Theory]
    [InlineData("👩🏽‍🔧")]
    [InlineData("e\u0301\u0323")]
    [InlineData("🇨🇦")]
    public void A_name_is_never_cut_inside_a_character(string character)
    {
        foreach (var before in Enumerable.Range(0, 12))
        {
            var name = FileNames.Of(new string('a', before) + string.Concat(Enumerable.Repeat(character, 120)) + ".pdf", FileContent.Pdf);

            name.Length.ShouldBeInRange(TicketFile.FileNameMaxLength - character.Length, TicketFile.FileNameMaxLength);
            name.ShouldEndWith(".pdf");
            var elements = StringInfo.GetTextElementEnumerator(name[before..^4]);
            while (elements.MoveNext())
            {
                elements.GetTextElement().ShouldBe(character);
            }
        }
    }

    [Fact]
    public void A_sound_in_a_container_of_films_is_known_by_its_name()
    {
        FileNames.KindByName("Bruit.M4A", MediaContent.Mp4).ShouldBe(MediaContent.M4a);
        FileNames.KindByName("Bruit.mp4", MediaContent.Mp4).ShouldBe(MediaContent.Mp4);
        FileNames.KindByName("Bruit.m4a", Text).ShouldBe(Text);
    }
}
