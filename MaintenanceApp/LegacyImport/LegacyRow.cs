using System.Globalization;
using MaintenanceApp.Data;

namespace MaintenanceApp.LegacyImport;

/// <summary>
/// One row of the old database. Reading a value that must be changed on the way notes why in <see cref="Repairs"/>.
/// </summary>
public sealed class LegacyRow(string table, IReadOnlyDictionary<string, LegacyCell> cells)
{
    private readonly List<string> repairs = [];

    public string Table => table;

    /// <summary>Null when the id is not one that the new tables can hold (0 to 2147483647).</summary>
    public int? Id { get; } = cells.GetValueOrDefault("id")?.Number() is { } id and >= 0 and <= int.MaxValue ? (int)id : null;

    /// <summary>How a report names the row.</summary>
    public string IdAsWritten => cells.GetValueOrDefault("id")?.Text ?? "NULL";

    public IReadOnlyList<string> Repairs => repairs;

    /// <summary>Set by <see cref="Skip"/>.</summary>
    public string? SkippedBecause { get; private set; }

    public void Skip(string reason) => SkippedBecause = reason;

    public void Repaired(string reason)
    {
        if (!repairs.Contains(reason))
        {
            repairs.Add(reason);
        }
    }

    /// <summary>The raw value, for rules of one column; null for NULL.</summary>
    public LegacyCell? Cell(string column) => cells.GetValueOrDefault(column);

    /// <summary>Trimmed text; the fallback when there is none.</summary>
    public string RequiredText(string column, string fallback, int maxLength = int.MaxValue, Func<string?, string?>? clean = null)
    {
        if (OptionalText(column, maxLength, clean) is { } text)
        {
            return text;
        }

        Repaired($"{column} is empty: '{fallback}' instead");
        return fallback;
    }

    /// <summary>Text as people may type it; null when there is none.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="maxLength">Longer ones are cut.</param>
    /// <param name="clean">Of <see cref="TypedText"/>; null = one line.</param>
    public string? OptionalText(string column, int maxLength = int.MaxValue, Func<string?, string?>? clean = null)
    {
        var written = Cell(column)?.Text.Trim();
        var text = Blank.ToNull((clean ?? TypedText.OneLine)(written));
        if (!string.IsNullOrEmpty(written) && text?.ReplaceLineEndings() != written.ReplaceLineEndings())
        {
            Repaired($"{column} held line breaks or characters that cannot be seen: left out");
        }

        if (text is null)
        {
            return null;
        }

        if (Cell(column)!.WasDamaged)
        {
            Repaired($"{column} holds bytes that are not text: shown as \uFFFD");
        }

        if (text.Length > maxLength)
        {
            Repaired(string.Create(CultureInfo.InvariantCulture, $"{column} has {text.Length} characters: cut to {maxLength}"));
        }

        return LegacyCell.Shorten(text, maxLength);
    }

    /// <summary>A word of <typeparamref name="T"/> in any case; the fallback for any other.</summary>
    public T Word<T>(string column, T fallback)
        where T : struct, Enum
    {
        var word = Cell(column)?.Text;
        var value = Snake.TryParse<T>(word, out var known) ? known : fallback;
        if (word != Snake.Of(value))
        {
            Repaired($"{column} {Quoted(column)} is not known: '{Snake.Of(value)}' instead");
        }

        return value;
    }

    /// <summary>An id or a number; null for NULL, and for what is not one.</summary>
    public int? Number(string column)
    {
        if (Cell(column) is not { IsBlank: false } cell)
        {
            return null;
        }

        if (cell.Number() is { } number and >= int.MinValue and <= int.MaxValue)
        {
            return (int)number;
        }

        Repaired($"{column} {cell.Quoted} is not a number: left empty");
        return null;
    }

    /// <summary>UTC; null for NULL, and for what is not a date.</summary>
    public DateTime? Instant(string column)
    {
        if (Cell(column) is not { } cell)
        {
            return null;
        }

        if (LegacyInstant.Parse(cell.Text) is not { } instant)
        {
            Repaired($"{column} {cell.Quoted} is not a date: left empty");
            return null;
        }

        if (!LegacyInstant.IsWrittenInUtc(cell.Text, instant))
        {
            Repaired($"{column} {cell.Quoted} is {Text.Of(instant)} UTC");
        }

        return instant;
    }

    /// <summary>An instant that a row cannot be without: the first of the others that can be read, else 2000-01-01.</summary>
    public DateTime RequiredInstant(string column, params ReadOnlySpan<string> others)
    {
        if (Instant(column) is { } instant)
        {
            return instant;
        }

        foreach (var other in others)
        {
            if (Cell(other) is { } cell && LegacyInstant.Parse(cell.Text) is { } substitute)
            {
                Repaired($"{column} is {Text.Of(substitute)} UTC, from {other}");
                return substitute;
            }
        }

        // A fixed one, not "now": the same file must give the same rows every time.
        Repaired($"{column} is unknown: 2000-01-01 instead");
        return new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    }

    private string Quoted(string column) => Cell(column)?.Quoted ?? "NULL";
}
