namespace MaintenanceApp.Tests.Support;

/// <summary>One application for a class whose tests only ask and leave nothing behind that another would see.</summary>
public sealed class OneHost : IAsyncLifetime
{
    private TestDatabase? database;
    private AppHost? host;

    public AppHost Host => host ?? throw new InvalidOperationException("The host has not started.");

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        host = new AppHost(database);
        _ = host.Services;
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
