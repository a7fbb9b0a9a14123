using MaintenanceApp.Data;

namespace MaintenanceApp.Tests.Data;

/// <summary>Whatever people or programs store can be searched and put in order.</summary>
public sealed class SearchTextTests
{
    [Fact]
    public void Every_single_character_can_be_folded()
    {
        foreach (var character in Enumerable.Range(0, char.MaxValue + 1))
        {
            Should.NotThrow(() => SearchText.Fold($"a{(char)character}b"), $"U+{character:X4}");
        }
    }

    [Theory]
    [InlineData("cour\u00ADroie", "courroie")]
    [InlineData("pom\u200Bpe\uFEFF", "pompe")]
    [InlineData("vanne\u202Fno\u00A05", "vanne no 5")]
    [InlineData("IGP\u2011FOUR\u2013101\u22122", "igp-four-101-2")]
    [InlineData("tuyau ½ po, 3½ po", "tuyau 1/2 po, 3 1/2 po")]
    [InlineData("« Fuité » “grave”", "fuite grave")]
    [InlineData("l\u2019huile l\u02BChuile l`huile", "l'huile l'huile l'huile")]
    [InlineData("of\uFB01ce Œuvre", "office oeuvre")]
    [InlineData("50 % _a_ 10\u2009%", "50 % _a_ 10 %")]
    [InlineData("👩\u200D🔧 ok", "👩🔧 ok")]
    public void What_programs_put_in_unseen_is_seen_through(string stored, string plain) => SearchText.Fold(stored).ShouldBe(plain);

    [Theory]
    [InlineData("#IGP-FOUR-20251110-101", "igp-four-20251110-101")]
    [InlineData("(IGP-FOUR-20251110-101).", "igp-four-20251110-101")]
    [InlineData("« IGP-FOUR-20251110-101 »,", "igp-four-20251110-101")]
    [InlineData("'fuite' – \"pompe\"!", "fuite pompe")]
    [InlineData("% _ d'huile", "% _ d'huile")]
    public void What_stands_around_a_typed_word_is_not_part_of_it(string typed, string words) => string.Join(' ', SearchText.Words(typed)).ShouldBe(words);
}
