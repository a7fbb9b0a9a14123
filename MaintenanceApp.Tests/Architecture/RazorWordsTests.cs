using System.Text.RegularExpressions;

namespace MaintenanceApp.Tests.Architecture;

/// <summary>Words of the screens are in the .resx files of both languages, never in the markup.</summary>
public sealed partial class RazorWordsTests
{
    /// <summary>Names, keys and addresses: the same in every language.</summary>
    private static readonly string[] SameEverywhere = ["Maintenance", "Ctrl", "Ctrl K", "Webhook:Url", "/health/ready"];

    private static readonly SourceFile[] Screens =
        [.. Sources.App.Where(file => file.IsRazor && !file.Path.Contains("/Styleguide/", StringComparison.Ordinal))];

    [Fact]
    public void No_element_holds_words_of_one_language() => Screens
        .SelectMany(file => ElementText().Matches(Markup(file)).Select(match => (file.Path, Words: match.Groups["words"].Value.Trim())))
        .Where(found => !SameEverywhere.Contains(found.Words) && !found.Words.StartsWith('&'))
        .Select(found => $"{found.Path}: {found.Words}")
        .ShouldBeEmpty();

    [Fact]
    public void No_attribute_holds_words_of_one_language() => Screens
        .SelectMany(file => AttributeText().Matches(Markup(file)).Select(match => $"{file.Path}: {match.Value}"))
        .ShouldBeEmpty();

    [Fact]
    public void No_accent_is_typed_into_a_screen() => Screens
        .Where(file => !file.Path.EndsWith("/LanguageLink.razor", StringComparison.Ordinal))
        .SelectMany(file => file.Code.Split('\n').Where(line => Accent().IsMatch(line.Split("//")[0])).Select(line => $"{file.Path}: {line.Trim()}"))
        .ShouldBeEmpty();

    private static string Markup(SourceFile file) => file.Code.Split("\n@code")[0];

    [GeneratedRegex(@">(?<words>[^<>@{}()=;\n]*\p{L}{3,}[^<>@{}()=;\n]*)</")]
    private static partial Regex ElementText();

    [GeneratedRegex("""(?:aria-label|title|placeholder|alt)="\p{L}[^"@]*"(?=[\s/>])""")]
    private static partial Regex AttributeText();

    [GeneratedRegex("[éèêëàâçùûôîïœÉÈÊÀÇ«»]")]
    private static partial Regex Accent();
}
