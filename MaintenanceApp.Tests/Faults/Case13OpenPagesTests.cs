using System.Diagnostics;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Browser;
using MaintenanceApp.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 13: the database is away, or locked, for a minute while every page of the application is open in a browser.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "13")]
public sealed class Case13OpenPagesTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(60);

    [Fact(Explicit = true)]
    public async Task PostgreSQL_is_gone_for_a_minute_with_every_page_open()
    {
        Assert.SkipWhen(PostgreSqlCluster.SkipReason is not null, PostgreSqlCluster.SkipReason ?? "");
        await using var cluster = await PostgreSqlCluster.StartAsync();
        await using var host = new BrowserHost { On = await TestDatabase.OnServerAsync(cluster.ConnectionString) };
        await host.InitializeAsync();
        await using var pages = await OpenPages.OpenAsync(host);

        var began = Stopwatch.GetTimestamp();
        await cluster.StopAtOnceAsync();
        var said = await pages.UntilEachSaysItAsync();
        var refused = await pages.WriteAsync();
        await OpenPages.UntilAsync(began, Lasts);
        await pages.ShouldHaveLostNothingAsync();
        await cluster.StartAgainAsync();
        var live = await pages.UntilEachIsLiveAsync();
        await pages.ShouldHaveLostNothingAsync();
        output.WriteLine(Figure(pages, said, refused, live));
    }

    [Fact(Explicit = true)]
    public async Task The_SQLite_file_is_locked_for_a_minute_with_every_page_open()
    {
        await using var host = new BrowserHost();
        await host.InitializeAsync();
        await using var pages = await OpenPages.OpenAsync(host);
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder(host.App.Database.ConnectionString) { Pooling = false }.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);

        var began = Stopwatch.GetTimestamp();
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");
        var refused = await pages.WriteAsync();
        await OpenPages.UntilAsync(began, Lasts);
        await pages.ShouldHaveLostNothingAsync();
        await ExecuteAsync(other, "ROLLBACK");
        var live = await pages.UntilEachIsLiveAsync();
        await pages.ShouldHaveLostNothingAsync();
        output.WriteLine(Figure(pages, null, refused, live));
    }

    private static string Figure(OpenPages pages, TimeSpan? said, TimeSpan refused, TimeSpan live) => FormattableString.Invariant(
        $"{pages.Count} pages open for {Lasts.TotalSeconds:0} s without it: {(said is { } after ? $"each says so after {after.TotalSeconds:0.0} s at most; " : "reading goes on; ")}a write is refused with 503 in words after {refused.TotalSeconds:0.0} s; each is live {live.TotalSeconds:0.0} s after its end at most; nobody signed out, nothing typed or shown once lost");

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
