using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>A piece of a body and the class that colours it: <c>k</c> key, <c>s</c> text, <c>nb</c> number or word.</summary>
public readonly record struct JsonToken(string Text, string? Class);

/// <summary>Cuts JSON into coloured pieces; text that is no JSON is one piece.</summary>
public static partial class JsonTokens
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<JsonToken> Of(string text)
    {
        if (Indent(text) is not { } json)
        {
            return [new(text, null)];
        }

        var tokens = new List<JsonToken>();
        var end = 0;
        foreach (Match match in Piece().Matches(json))
        {
            if (match.Index > end)
            {
                tokens.Add(new(json[end..match.Index], null));
            }

            tokens.Add(new(match.Value, match.Groups["key"].Success ? "k" : match.Groups["text"].Success ? "s" : "nb"));
            end = match.Index + match.Length;
        }

        tokens.Add(new(json[end..], null));
        return tokens;
    }

    private static string? Indent(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(json, Indented);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""(?<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?<text>"(?:[^"\\]|\\.)*")|(?<word>-?\d[\d.eE+-]*|true|false|null)""")]
    private static partial Regex Piece();
}
