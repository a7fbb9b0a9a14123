using System.Reflection;
using MaintenanceApp.Data;
using Xunit.Sdk;
using Xunit.v3;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// Runs a theory once per database: <c>[Theory, BothDatabases]</c>, first parameter a <see cref="DatabaseProvider"/>.
/// Values given to the attribute follow it, as with <c>InlineData</c>; several attributes add up.
/// Without a PostgreSQL server its rows are skipped and say why; scripts/test.sh starts one and forbids the skip.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class BothDatabasesAttribute(params object?[] values) : DataAttribute
{
    public IReadOnlyList<object?> Values { get; } = values;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
        [
            new TheoryDataRow([DatabaseProvider.Sqlite, .. Values]),
            new TheoryDataRow([DatabaseProvider.PostgreSql, .. Values]) { Skip = PostgreSqlServer.SkipReason },
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
