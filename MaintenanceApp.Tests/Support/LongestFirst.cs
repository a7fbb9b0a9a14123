using MaintenanceApp.Tests.Browser;
using MaintenanceApp.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// The browser's tests share one host and run one after the other: started first, they end beside the others instead of
/// alone after them. No test depends on it.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName.StartsWith(InBrowser.Name, StringComparison.Ordinal) ? 0 : 1)];
}
