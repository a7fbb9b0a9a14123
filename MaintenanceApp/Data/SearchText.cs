using System.Globalization;
using System.Text;

namespace MaintenanceApp.Data;

/// <summary>
/// Text as it is searched: lower case, no accents, one space between words, so that « fuite » finds « Fuité » on every
/// database whatever its collation.
/// </summary>
public static class SearchText
{
    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        // Lone surrogates (imported text) and U+FFFE, which anybody can send, would stop Normalize.
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\uFFFE', ' ');
        var folded = new StringBuilder(valid.Length);
        foreach (var character in valid.Normalize(NormalizationForm.FormKD))
        {
            Append(folded, character);
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>The words a row must all contain; none for blank text.</summary>
    public static string[] Words(string? text) => Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Append(StringBuilder folded, char character)
    {
        switch (char.ToLowerInvariant(character))
        {
            case 'œ':
                folded.Append("oe");
                break;
            case 'æ':
                folded.Append("ae");
                break;
            case 'ß':
                folded.Append("ss");
                break;
            case '’':
                folded.Append('\'');
                break;
            case var space when char.IsWhiteSpace(space) || char.IsControl(space):
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }

                break;
            case var letter when CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark:
                folded.Append(letter);
                break;
        }
    }
}
