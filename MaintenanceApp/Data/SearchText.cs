using System.Globalization;
using System.Text;

namespace MaintenanceApp.Data;

/// <summary>
/// Text as it is searched: lower case, no accents, one space between words, so that « fuite » finds « Fuité » on every
/// database whatever its collation. What Word, Teams and phones put in unseen or in place of plain characters (soft hyphens,
/// zero-width spaces, dashes, ½, curly quotes) is seen through, in what is stored and in what is typed alike.
/// </summary>
public static class SearchText
{
    /// <summary>Begins every stored text: one that begins otherwise was folded by an older version and is folded again. Nobody can type it.</summary>
    public const char Marker = '\u0002';

    // Around a word they are punctuation; inside it they are part of it.
    private static readonly char[] AroundWords = ['#', '(', ')', '[', ']', '{', '}', '<', '>', ',', ';', '.', '!', '?', '\''];

    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        // Lone surrogates (imported text) and U+FFFE, which anybody can send, would stop Normalize.
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\uFFFE', ' ');
        var folded = new StringBuilder(valid.Length);
        foreach (var character in SpaceFractions(valid).Normalize(NormalizationForm.FormKD))
        {
            Append(folded, character);
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>As it is stored.</summary>
    public static string Stored(string? text) => Marker + Fold(text);

    /// <summary>The words a row must all contain, without what stands around them; none for blank text.</summary>
    public static string[] Words(string? text)
    {
        var typed = Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] words = [.. typed.Select(word => word.Trim(AroundWords)).Where(word => word is not ("" or "-"))];

        // Whoever types a sign alone looks for that sign.
        return words.Length > 0 ? words : typed;
    }

    /// <summary>« 3½ » is three and a half: without the space it would unfold to 31/2.</summary>
    private static string SpaceFractions(string text)
    {
        if (!text.Any(IsFraction))
        {
            return text;
        }

        var spaced = new StringBuilder(text.Length + 4);
        foreach (var character in text)
        {
            if (IsFraction(character) && spaced.Length > 0 && char.IsAsciiDigit(spaced[^1]))
            {
                spaced.Append(' ');
            }

            spaced.Append(character);
        }

        return spaced.ToString();
    }

    private static bool IsFraction(char character) =>
        character >= '\u00BC' && CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.OtherNumber && char.GetNumericValue(character) % 1 != 0;

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
            case '’' or '‘' or '‛' or '′' or '\u02BC' or '`' or '´':
                folded.Append('\'');
                break;
            case '\u2044' or '\u2215':
                folded.Append('/');
                break;
            case '\u2212':
                folded.Append('-');
                break;
            case var space when char.IsWhiteSpace(space) || char.IsControl(space) || space is '"' or '“' or '”' or '„' or '‟' or '«' or '»' or '‹' or '›' or '″':
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }

                break;
            case var letter:
                switch (CharUnicodeInfo.GetUnicodeCategory(letter))
                {
                    case UnicodeCategory.NonSpacingMark or UnicodeCategory.Format:
                        break;
                    case UnicodeCategory.DashPunctuation:
                        folded.Append('-');
                        break;
                    default:
                        folded.Append(letter);
                        break;
                }

                break;
        }
    }
}
