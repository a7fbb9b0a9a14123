using MaintenanceApp.Data;
using Microsoft.AspNetCore.Components;
using NetArchTest.Rules;

namespace MaintenanceApp.Tests.Architecture;

/// <summary>
/// The rules of <see cref="DependencyTests"/> on the compiled program: they see a type that no line names, such as the rows
/// behind <c>db.Tickets</c> or a <c>var</c>.
/// </summary>
public sealed class CompiledDependencyTests
{
    /// <summary>The list of jobs knows everyone; <see cref="DependencyTests"/> says which file that is.</summary>
    private const string JobsFolder = "Jobs";

    /// <summary>Who reads rows of a slice that it may not use, in a query, and why.</summary>
    private static readonly Dictionary<string, string> Readers = new()
    {
        ["MaintenanceApp.Data.AppDb"] = "the list of tables",
        ["MaintenanceApp.Data.SqliteAppDb"] = "how SQLite searches tickets",
        ["MaintenanceApp.Notifications.WebhookNotificationConfiguration"] = "foreign key to tickets",
        ["MaintenanceApp.Notifications.NotificationQueries"] = "a notification is shown with its ticket, its machine and its scan",
        ["MaintenanceApp.Notifications.NotificationFilter"] = "notifications are found by the words of their tickets",
        ["MaintenanceApp.Notifications.DispatchQueries"] = "what waits is shown beside the last scan",
    };

    private static Types App => Types.InAssembly(typeof(AppDb).Assembly);

    [Fact]
    public void Folders_use_only_the_folders_they_may()
    {
        var readers = Users(isPage: false, DependencyTests.MayUse);
        readers.Keys.Except(Readers.Keys).Select(type => readers[type]).ShouldBeEmpty();
        Readers.Keys.Except(readers.Keys).ShouldBeEmpty("an exception that is no longer needed");
    }

    [Fact]
    public void Pages_use_only_the_folders_they_may() =>
        Users(isPage: true, DependencyTests.Slices.ToDictionary(slice => slice, _ => DependencyTests.PagesMayUse)).Values.ShouldBeEmpty();

    [Fact]
    public void Pages_are_used_by_their_own_slice_only() => DependencyTests.Slices
        .SelectMany(slice => App.That().DoNotResideInNamespaceStartingWith($"MaintenanceApp.{slice}")
            .ShouldNot().HaveDependencyOn($"MaintenanceApp.{slice}.Pages").GetResult().FailingTypeNames ?? [])
        .ShouldBeEmpty();

    [Fact]
    public void Components_do_not_touch_the_database_or_the_network() => (App.That().Inherit(typeof(ComponentBase))
        .ShouldNot().HaveDependencyOnAny("MaintenanceApp.Data.AppDb", "System.Net.Http", "System.IServiceProvider").GetResult().FailingTypeNames ?? [])
        .ShouldBeEmpty("components inject queries and use cases");

    [Fact]
    public void Rules_and_data_know_nothing_of_Blazor() => DependencyTests.Slices.Append("Data").Append("Live")
        .SelectMany(folder => App.That().ResideInNamespaceMatching($@"^MaintenanceApp\.{folder}$").And().DoNotInherit(typeof(ComponentBase))
            .And().DoNotHaveNameEndingWith("Feature").And().DoNotHaveNameEndingWith("Routes")
            .ShouldNot().HaveDependencyOnAny("Microsoft.AspNetCore.Components", "Microsoft.JSInterop").GetResult().FailingTypeNames ?? [])
        .Where(type => type != "MaintenanceApp.Users.LiveAuthenticationState")
        .ShouldBeEmpty("screens ask them; only sign-in tells Blazor who is there");

    /// <summary>Each type that uses a slice its folder may not, with the sentence that says so.</summary>
    private static Dictionary<string, string> Users(bool isPage, Dictionary<string, string[]> mayUse)
    {
        var found = new Dictionary<string, string>();
        foreach (var (folder, allowed) in mayUse.Where(rule => rule.Key != JobsFolder))
        {
            var forbidden = DependencyTests.Slices.Where(slice => slice != folder).Except(allowed).ToList();
            var types = App.That().ResideInNamespaceMatching($@"^MaintenanceApp\.{folder}\b").And();
            var result = (isPage ? types.ResideInNamespaceMatching(@"\.Pages\b") : types.DoNotResideInNamespaceMatching(@"\.Pages\b"))
                .ShouldNot().HaveDependencyOnAny([.. forbidden.Select(slice => $"MaintenanceApp.{slice}")]).GetResult();
            foreach (var type in result.FailingTypeNames ?? [])
            {
                found[type] = $"{type} uses {string.Join(" or ", forbidden)}";
            }
        }

        return found;
    }
}
