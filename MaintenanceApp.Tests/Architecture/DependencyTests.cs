using System.Text.RegularExpressions;

namespace MaintenanceApp.Tests.Architecture;

/// <summary>
/// Who may use whom. Slices point one way (Users ← Machines ← Tickets ← Overdue → Notifications), support folders never
/// point at a slice. What the compiler would check with projects, these tests check with folders: here the text of each file,
/// constants included; in <see cref="CompiledDependencyTests"/> what the text does not name.
/// </summary>
public sealed partial class DependencyTests
{
    internal static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Users"] = [],
        ["Machines"] = ["Users"],
        ["Notifications"] = ["Users"],
        ["Tickets"] = ["Users", "Machines", "Notifications"],
        ["Overdue"] = ["Users", "Machines", "Tickets", "Notifications"],
        ["Operations"] = ["Users", "Machines", "Tickets", "Notifications", "Overdue"],
        ["LegacyImport"] = ["Users", "Machines", "Tickets", "Notifications", "Overdue"],
        ["Demo"] = ["Users", "Machines", "Tickets", "Notifications", "Overdue"],
        ["Data"] = [],
        ["Jobs"] = [],
        ["Live"] = [],
        ["Hosting"] = [],

        // The shell and the shared words: who is signed in, statuses as pills, lateness in words, the scan's heartbeat.
        ["Components"] = ["Users", "Machines", "Tickets", "Notifications", "Operations"],
    };

    /// <summary>A page shows what several slices say; the direction is for rules and data. Nobody may use a page.</summary>
    internal static readonly string[] PagesMayUse = ["Users", "Machines", "Tickets", "Notifications", "Overdue", "Operations"];

    /// <summary>The files that know everyone, and the two mappings whose foreign keys cross a border.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["MaintenanceApp/Program.cs"] = "the list of features",
        ["MaintenanceApp/Data/AppDb.cs"] = "the list of tables",
        ["MaintenanceApp/Jobs/JobList.cs"] = "the list of jobs",
        ["MaintenanceApp/Notifications/NotificationConfiguration.cs"] = "foreign key to tickets",
    };

    internal static readonly string[] Slices =
        ["Demo", "LegacyImport", "Machines", "Notifications", "Operations", "Overdue", "Tickets", "Users"];

    private static readonly Dictionary<string, string[]> TypesOf = Slices.ToDictionary(
        slice => slice,
        slice => Sources.App.Where(file => file.Folder == slice)
            .SelectMany(file => TypeDeclaration().Matches(file.Code).Select(match => match.Groups["name"].Value))
            .Distinct()
            .ToArray());

    [Fact]
    public void Folders_use_only_the_folders_they_may() => Sources.App
        .Where(file => file.Folder.Length > 0 && !Exceptions.ContainsKey(file.Path))
        .SelectMany(file => SlicesUsedBy(file)
            .Where(slice => slice != file.Folder && !(IsPage(file) ? PagesMayUse : MayUse[file.Folder]).Contains(slice))
            .Select(slice => $"{file.Path} uses {slice}"))
        .ShouldBeEmpty();

    [Fact]
    public void Pages_are_used_by_their_own_slice_only() => Sources.App
        .SelectMany(file => Slices.Where(slice => slice != file.Folder && file.Code.Contains($"MaintenanceApp.{slice}.Pages", StringComparison.Ordinal))
            .Select(slice => $"{file.Path} uses {slice}.Pages"))
        .ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_still_needed() => Exceptions.Keys
        .Where(path => Sources.App.FirstOrDefault(file => file.Path == path) is not { } file || !SlicesUsedBy(file).Any())
        .Where(path => File.Exists(Sources.PathTo(path)))
        .ShouldBeEmpty();

    [Fact]
    public void Hangfire_stays_behind_its_folder() => Sources.App
        .Where(file => file.Folder is not "Jobs" && file.Path != "MaintenanceApp/Operations/JobDashboard.cs" && HangfireUse().IsMatch(file.Code))
        .Select(file => file.Path)
        .ShouldBeEmpty("Hangfire may be replaced: only Jobs/ and its dashboard name it");

    private static bool IsPage(SourceFile file) => file.Path.Split('/') is [_, _, "Pages", ..];

    private static IEnumerable<string> SlicesUsedBy(SourceFile file) => Slices.Where(slice => Uses(file.Code, slice));

    /// <summary>A using, a full name, or a name relative to our root namespace (<c>Users.User</c>, but not <c>db.Users.Find</c>).</summary>
    private static bool Uses(string code, string slice) =>
        Regex.IsMatch(code, $@"\bMaintenanceApp\.{slice}\b") ||
        (TypesOf[slice].Length > 0 && Regex.IsMatch(code, $@"(?<![\w.])(?<!namespace ){slice}\.(?:{string.Join('|', TypesOf[slice])})\b"));

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?!struct\b|class\b)(?<name>[A-Z]\w*)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\busing (?:static )?Hangfire\b|(?<!\.)\bHangfire\.")]
    private static partial Regex HangfireUse();
}
