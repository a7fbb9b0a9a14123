using System.Text.RegularExpressions;

namespace MaintenanceApp.Tests.Architecture;

/// <summary>Size, place and names of files: the house rules that a reader of README.md relies on.</summary>
public sealed partial class FileRulesTests
{
    private const int CSharpLines = 300;
    private const int RazorLines = 200;
    private const int CodeBlockLines = 40;

    private static readonly string[] Product = ["Demo", "LegacyImport", "Machines", "Notifications", "Operations", "Overdue", "Tickets", "Users"];
    private static readonly string[] Support = ["Components", "Data", "Hosting", "Jobs", "Live"];
    private static readonly string[] TestsOnly = ["Architecture", "Benchmarks", "Browser", "Faults", "Support"];

    [Fact]
    public void No_file_outgrows_its_room() => Sources.App.Concat(Sources.Tests)
        .Where(file => file.Lines >= (file.IsRazor ? RazorLines : CSharpLines))
        .Select(file => $"{file.Path}: {file.Lines} lines; C# stays under {CSharpLines}, razor under {RazorLines}")
        .ShouldBeEmpty();

    [Fact]
    public void A_long_code_block_moves_to_the_code_behind() => Sources.App
        .Where(file => file.IsRazor && CodeBlock().Match(file.Text) is { Success: true } code && code.Value.Split('\n').Length > CodeBlockLines + 2)
        .Select(file => $"{file.Path}: @code is longer than {CodeBlockLines} lines")
        .ShouldBeEmpty();

    /// <summary>It leaves the element around it open, and Blazor refuses the page: on a database that answers later the calendar was a 500.</summary>
    [Fact]
    public void Markup_does_not_return_from_inside_an_element() => Sources.App
        .Where(file => file.IsRazor && EarlyReturn().IsMatch(CodeBlock().Replace(file.Text, "")))
        .Select(file => file.Path)
        .ShouldBeEmpty("an else says the same");

    [Fact]
    public void Program_is_a_table_of_contents() =>
        Sources.App.Single(file => file.Path == "MaintenanceApp/Program.cs").Text.Split('\n')
            .Count(line => !line.StartsWith("using ", StringComparison.Ordinal))
            .ShouldBeLessThan(60);

    [Fact]
    public void Folders_of_the_application_are_the_known_ones() =>
        Sources.Folders("MaintenanceApp").Except([.. Product, .. Support, "Properties", "data"]).ShouldBeEmpty("a new slice is added to this list and to the README");

    [Fact]
    public void Folders_of_the_tests_mirror_the_application() =>
        Sources.Folders("MaintenanceApp.Tests").Except([.. Product, .. Support, .. TestsOnly]).ShouldBeEmpty();

    [Fact]
    public void Type_names_say_what_the_type_does() => Sources.App
        .SelectMany(file => TypeDeclaration().Matches(file.Code).Select(match => (file.Path, Name: match.Groups["name"].Value)))
        .Where(type => BannedWord().IsMatch(type.Name))
        .Select(type => $"{type.Path}: {type.Name}")
        .ShouldBeEmpty("Manager, Helper, Util, Base, Processor, Data, Info and Impl say nothing");

    [Fact]
    public void Classes_are_sealed() => Sources.App
        .Where(file => !file.IsRazor)
        .SelectMany(file => OpenClass().Matches(file.Code).Select(match => $"{file.Path}: {match.Groups["name"].Value}"))
        .ShouldBeEmpty("sealed, static, abstract or the partial of a component");

    [Fact]
    public void Components_do_not_touch_the_database_or_the_network() => Sources.App
        .Where(file => file.IsRazor || file.Path.EndsWith(".razor.cs", StringComparison.Ordinal))
        .SelectMany(file => NotInComponents().Matches(file.Code).Select(match => $"{file.Path}: {match.Value}"))
        .ShouldBeEmpty("components inject queries and use cases");

    [Fact]
    public void Components_have_no_inline_style_except_a_width_that_is_data() => Sources.App
        .Where(file => file.IsRazor)
        .SelectMany(file => InlineStyle().Matches(file.Code).Select(match => (file.Path, Style: match.Groups["style"].Value)))
        .Where(found => !DataWidth().IsMatch(found.Style))
        .Select(found => $"{found.Path}: style=\"{found.Style}\"")
        .ShouldBeEmpty("classes of wwwroot/css; only style=\"width:@…\" (a bar's length) is data");

    [Fact]
    public void Nothing_shows_unencoded_markup() => Sources.App
        .Where(file => file.Code.Contains("MarkupString", StringComparison.Ordinal))
        .Select(file => file.Path)
        .ShouldBeEmpty();

    [Fact]
    public void Tests_of_screens_await_what_they_trigger() => Sources.Tests
        .Where(file => file.Text.Contains("using Bunit;", StringComparison.Ordinal))
        .SelectMany(file => NotAwaited().Matches(file.Code).Select(match => $"{file.Path}: {match.Value}"))
        .ShouldBeEmpty("ClickAsync and its like: while a page draws, the others come back before the page has heard them");

    [Fact]
    public void No_secret_is_in_the_repository() => Sources
        .Files("", ".cs", ".razor", ".json", ".md", ".sh", ".yml", ".js", ".css", ".props", ".targets", "")
        .SelectMany(file => Secret().Matches(File.ReadAllText(Sources.PathTo(file))).Select(match => $"{file}: {match.Value}"))
        .Where(found => !found.Contains("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", StringComparison.Ordinal))
        .ShouldBeEmpty("the check vector of Standard Webhooks is the only secret that may be written down");

    // Four spaces: inside an @if that stands at the top of the file, where nothing is open yet.
    [GeneratedRegex(@"^ {5,}return;", RegexOptions.Multiline)]
    private static partial Regex EarlyReturn();

    [GeneratedRegex(@"^@code\s*\{.*", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?!struct\b|class\b)(?<name>[A-Z]\w*)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"(?:Manager|Helper|Util|Base|Processor|Data|Info|Impl)s?$")]
    private static partial Regex BannedWord();

    [GeneratedRegex(@"^[ \t]*(?:public |internal |private |protected )*(?:class|record)\s+(?!struct\b)(?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex OpenClass();

    [GeneratedRegex(@"\b(?:\w*AppDb\b|IDbContextFactory|DbContext\b|HttpClient\b|IServiceProvider\b|IHttpClientFactory\b)")]
    private static partial Regex NotInComponents();

    [GeneratedRegex("""(?<=\s)style="(?<style>[^"]*)"?""")]
    private static partial Regex InlineStyle();

    [GeneratedRegex(@"\.(?:Click|DoubleClick|Input|Change|KeyDown|KeyUp|Focus|Blur|Submit|TriggerEvent)\(")]
    private static partial Regex NotAwaited();

    [GeneratedRegex(@"^\s*(?:(?:width|height|inset-inline-start|left|inline-size|--[\w-]+)\s*:\s*@[^;]+;?\s*)+$|^@\w+$")]
    private static partial Regex DataWidth();

    [GeneratedRegex(@"whsec_[A-Za-z0-9+/]{20,}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|-----BEGIN [A-Z ]*PRIVATE KEY|connect\.pabbly\.com/workflow/sendwebhookdata/[A-Za-z0-9_%-]{20,}|xox[bap]-[0-9A-Za-z-]{10,}|eyJhbGciOi[A-Za-z0-9_-]{10,}")]
    private static partial Regex Secret();
}
