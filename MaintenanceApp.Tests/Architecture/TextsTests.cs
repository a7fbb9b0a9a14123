using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MaintenanceApp.Tests.Architecture;

/// <summary>French and English texts: complete, used, and none missing.</summary>
public sealed partial class TextsTests
{
    private static readonly string[] NeutralFiles =
        [.. Sources.Files("MaintenanceApp", ".resx").Where(file => !file.EndsWith(".en.resx", StringComparison.Ordinal))];

    private static readonly Dictionary<string, Dictionary<string, string>> French = NeutralFiles.ToDictionary(NameOf, Read);

    [Fact]
    public void French_and_english_have_the_same_keys()
    {
        foreach (var file in NeutralFiles)
        {
            var english = Read(EnglishOf(file));
            var french = Read(file);
            french.Keys.Except(english.Keys).ShouldBeEmpty($"missing in {EnglishOf(file)}");
            english.Keys.Except(french.Keys).ShouldBeEmpty($"missing in {file}");
        }
    }

    [Fact]
    public void No_text_is_empty_and_placeholders_agree()
    {
        foreach (var file in NeutralFiles)
        {
            var english = Read(EnglishOf(file));
            foreach (var (key, text) in Read(file))
            {
                text.ShouldNotBeNullOrWhiteSpace($"{file}: {key}");
                var translation = english.GetValueOrDefault(key, text);
                translation.ShouldNotBeNullOrWhiteSpace($"{EnglishOf(file)}: {key}");
                Placeholders(translation).ShouldBe(Placeholders(text), $"{file}: {key}");
            }
        }
    }

    [Fact]
    public void Every_text_that_code_asks_for_exists() => Sources.App
        .SelectMany(file => Asked(file).Select(asked => (file.Path, asked.Texts, asked.Key)))
        .Where(asked => !asked.Texts.Any(texts => French.TryGetValue(texts, out var keys) && keys.ContainsKey(asked.Key)))
        .Select(asked => $"{asked.Path}: {string.Join('/', asked.Texts)}[\"{asked.Key}\"]")
        .ShouldBeEmpty();

    [Fact]
    public void Every_text_is_used()
    {
        var literals = Sources.App.SelectMany(file => Literal().Matches(file.Code).Select(match => match.Groups["text"].Value)).ToHashSet();

        // L[$"Status{status}"] uses every key that begins with Status.
        var prefixes = Sources.App
            .SelectMany(file => Interpolated().Matches(file.Code).Select(match => match.Groups["prefix"].Value))
            .Distinct()
            .ToList();

        French.SelectMany(texts => texts.Value.Keys.Select(key => (Texts: texts.Key, Key: key)))
            .Where(text => !literals.Contains(text.Key) && !prefixes.Any(prefix => text.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(text => $"{text.Texts}: {text.Key}")
            .ShouldBeEmpty("remove the key from both files");
    }

    [Fact]
    public void French_punctuation_keeps_its_space() => French
        .SelectMany(texts => texts.Value.Select(text => (Texts: texts.Key, text.Key, text.Value)))
        .Where(text => PlainSpaceBeforeSign().IsMatch(text.Value))
        .Select(text => $"{text.Texts}.{text.Key}: {text.Value}")
        .ShouldBeEmpty("a no-break space stands before : ; ? ! » and after «");

    /// <summary>Indexers on a localizer of this file (two may share a parameter's name), or of the razor file it belongs to: <c>@inject IStringLocalizer&lt;T&gt; L</c>, then <c>L["Key"]</c>.</summary>
    private static IEnumerable<(string[] Texts, string Key)> Asked(SourceFile file)
    {
        var partner = file.IsRazor ? file.Path + ".cs" : file.Path.EndsWith(".razor.cs", StringComparison.Ordinal) ? file.Path[..^3] : null;
        var declarations = Localizer().Matches(file.Code).Concat(
            Sources.App.Where(other => other.Path == partner || IsImportOf(other, file)).SelectMany(other => Localizer().Matches(other.Code)));
        return declarations
            .GroupBy(match => match.Groups["name"].Value, match => match.Groups["texts"].Value)
            .SelectMany(declared => Regex.Matches(file.Code, $@"(?<![\w.]){declared.Key}\[""(?<key>[^""{{]+)""")
                .Select(match => (declared.Distinct().ToArray(), match.Groups["key"].Value)));
    }

    private static bool IsImportOf(SourceFile import, SourceFile file) =>
        file.IsRazor && import.Path.EndsWith("_Imports.razor", StringComparison.Ordinal) &&
        file.Path.StartsWith(import.Path[..^"_Imports.razor".Length], StringComparison.Ordinal);

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static string EnglishOf(string file) => file[..^".resx".Length] + ".en.resx";

    private static Dictionary<string, string> Read(string file) => XDocument.Load(Sources.PathTo(file)).Root!
        .Elements("data")
        .ToDictionary(element => (string)element.Attribute("name")!, element => (string?)element.Element("value") ?? "");

    private static IEnumerable<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(match => match.Groups["number"].Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"IStringLocalizer<(?:\w+\.)*(?<texts>\w+)>\s+(?<name>\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"(?<!\$)""(?<text>[\w.-]+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\$""(?<prefix>[A-Z][\w.]+)\{")]
    private static partial Regex Interpolated();

    [GeneratedRegex(@"\{(?<number>\d+)[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@" [:;?!»]|«[ \w]")]
    private static partial Regex PlainSpaceBeforeSign();
}
