using System.Globalization;
using System.Text.Json;

namespace MaintenanceApp.Data;

/// <summary>The stored text form of values: the same in timeline entries, payloads and the old system's columns.</summary>
public static class Text
{
    /// <summary>UTC, whole seconds: the format of the system this replaces.</summary>
    public const string InstantFormat = "yyyy-MM-dd HH:mm:ss";

    public static string? Of(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string? Of(DateTime? instant) => instant?.ToString(InstantFormat, CultureInfo.InvariantCulture);
}

/// <summary>Enum members as the snake_case words of the database, the API and the payload (<c>InProgress</c> ↔ <c>in_progress</c>).</summary>
public static class Snake
{
    public static string Of<T>(T value)
        where T : struct, Enum => Words<T>.ByValue[value];

    /// <summary>False for unknown words; never throws. Comparison ignores case.</summary>
    public static bool TryParse<T>(string? word, out T value)
        where T : struct, Enum => Words<T>.ByWord.TryGetValue(word?.Trim() ?? "", out value);

    /// <exception cref="FormatException">The word is not one of <typeparamref name="T"/>.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum =>
        TryParse<T>(word, out var value) ? value : throw new FormatException($"'{word}' is not a {typeof(T).Name}.");

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>()
            .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> ByWord =
            ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);
    }
}
