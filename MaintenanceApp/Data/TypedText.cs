using System.Globalization;
using System.Text;

namespace MaintenanceApp.Data;

/// <summary>
/// Text that people type or programs send, as it is kept: without what cannot be seen and with nothing that changes how the
/// text around it reads. Emoji, accents and scripts that need joiners stay whole. One place for forms, routes and the import.
/// </summary>
public static class TypedText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;
    private const int BlackFlag = 0x1F3F4;

    // Joiners mean something from Hebrew on (scripts that are joined, emoji); between Latin letters they only hide.
    private const int FirstJoined = 0x0590;

    // Letters by their category, blank on every screen: Hangul fillers, the empty Braille cell, the Mongolian separator.
    private static readonly int[] Blanks = [0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x180E, 0x034F];

    /// <summary>For titles, names, numbers: line breaks and control characters become one blank. Trimmed; "" where nothing can be seen; null for null.</summary>
    public static string? OneLine(string? text) => Clean(text, keepsLines: false);

    /// <summary>For descriptions and comments: line breaks (as <c>\n</c>) and tabs stay. Trimmed; null for null.</summary>
    public static string? Lines(string? text) => Clean(text?.ReplaceLineEndings("\n"), keepsLines: true);

    private static string? Clean(string? text, bool keepsLines)
    {
        if (text is null)
        {
            return null;
        }

        // Lone surrogates come out as U+FFFD.
        var runes = text.EnumerateRunes().ToList();
        var kept = new StringBuilder(text.Length);
        var (isFlag, hasShape, hasBlank) = (false, false, false);
        for (var index = 0; index < runes.Count; index++)
        {
            var rune = runes[index];
            isFlag = rune.Value == BlackFlag || (isFlag && IsTag(rune));
            switch (Rune.GetUnicodeCategory(rune))
            {
                // NUL stays: no program sends it by mistake, and routes refuse it by name.
                case UnicodeCategory.Control when rune.Value == 0 || (keepsLines && rune.Value is '\n' or '\t'):
                    kept.Append(rune);
                    break;
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    // As many as stand together are one blank.
                    if (!hasBlank)
                    {
                        kept.Append(' ');
                    }

                    hasBlank = true;
                    continue;
                case UnicodeCategory.Format when IsTag(rune) ? !isFlag : !IsMeaningfulJoiner(runes, index):
                case var _ when Blanks.Contains(rune.Value) || (rune.Value & 0xFFFE) == 0xFFFE:
                    continue;
                default:
                    hasShape |= !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);
                    kept.Append(rune);
                    break;
            }

            hasBlank = false;
        }

        return hasShape ? kept.ToString().Trim() : "";
    }

    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0000 and <= 0xE007F;

    private static bool IsMeaningfulJoiner(List<Rune> runes, int index) =>
        runes[index].Value is ZeroWidthJoiner or ZeroWidthNonJoiner
        && index > 0 && index + 1 < runes.Count
        && runes[index - 1].Value >= FirstJoined && runes[index + 1].Value >= FirstJoined
        && Rune.GetUnicodeCategory(runes[index - 1]) != UnicodeCategory.Format;
}
