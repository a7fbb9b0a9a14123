using System.Text.RegularExpressions;
using MaintenanceApp.Data;

namespace MaintenanceApp.Tests.Architecture;

/// <summary>The container keeps every disposable service it makes until its scope ends; a circuit is a scope that lasts for hours.</summary>
public sealed partial class LifetimeTests
{
    [Fact]
    public void What_a_page_gets_for_itself_is_not_kept_until_the_circuit_ends()
    {
        var types = typeof(AppDb).Assembly.GetTypes().ToLookup(type => type.Name);
        var transients = Sources.App.SelectMany(file => AddTransient().Matches(file.Code)).Select(match => types[match.Groups["type"].Value].First()).ToList();
        transients.ShouldNotBeEmpty();
        transients.Where(type => type.IsAssignableTo(typeof(IDisposable)) || type.IsAssignableTo(typeof(IAsyncDisposable)))
            .Select(type => $"{type.Name} is transient and disposable")
            .ShouldBeEmpty("give it a Close() that the page calls, or make it scoped");
    }

    [GeneratedRegex(@"AddTransient<(?:\w+,\s*)?(?<type>\w+)>\(\)")]
    private static partial Regex AddTransient();
}
