using System.Globalization;
using Bunit;
using Bunit.TestDoubles;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Claim = System.Security.Claims.Claim;
using ClaimTypes = System.Security.Claims.ClaimTypes;

namespace MaintenanceApp.Tests.Tickets.Pages;

/// <summary>The ticket screens on a database of their own, seen by an account of some role.</summary>
internal sealed class TicketScreen : IAsyncDisposable
{
    private TicketScreen(TestDatabase database, Screen screen, User user)
    {
        (Database, Screen, User) = (database, screen, user);
        var services = screen.Context.Services;
        services.AddSingleton<IDbContextFactory<AppDb>>(database);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTickets();
        services.AddMachines();
        services.AddSingleton<UserQueries>();
        services.AddSingleton<RememberListLook>();
        services.AddSingleton<NotificationQueries>();
        services.AddSingleton(new DatabaseConnection(DatabaseProvider.Sqlite, database.ConnectionString));
        services.AddSingleton<CurrentEndpoint>();
        services.AddSingleton<ExplainTicket>();
        services.AddOptions<NotifierOptions>();
        services.Configure<WebhookOptions>(webhook => webhook.Url = "https://recepteur.invalid/crochet");
        services.AddSingleton<AdminNotices>();
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { ContentRootPath = "/" });
        services.Configure<FileStorageOptions>(files => files.Directory = TestDatabase.TemporaryPath(".files"));
        services.AddSingleton<LiveUpdates>();
        var authorization = screen.Context.AddAuthorization();
        authorization.SetAuthorized(user.FullName);
        authorization.SetClaims(
            new Claim(ClaimTypes.NameIdentifier, user.Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Role, user.Role),
            new Claim(UserClaims.FullName, user.FullName));
        authorization.SetPolicies([.. Permissions.All.Where(permission => Permissions.Allows(user.Role, permission))]);
    }

    public TestDatabase Database { get; }

    public Screen Screen { get; }

    public User User { get; }

    public Given Given => new(Database, Screen.Clock);

    public Actor Actor => new(User.Id, User.FullName, User.Role);

    /// <param name="role">Of the account that looks.</param>
    /// <param name="language">Of the test from here on: set before the first await, which would keep it to itself.</param>
    public static Task<TicketScreen> CreateAsync(string role = Roles.Supervisor, string language = "fr-CA") => CreateAsync(new Screen(language), role);

    private static async Task<TicketScreen> CreateAsync(Screen screen, string role)
    {
        var database = await TestDatabase.CreateAsync();
        return new TicketScreen(database, screen, await new Given(database, screen.Clock).User(role, "Anne Roy"));
    }

    public T Service<T>()
        where T : notnull => Screen.Service<T>();

    public async Task<TicketSession> OpenAsync(Ticket ticket)
    {
        var session = Service<TicketSession>();
        await session.OpenAsync(ticket.TicketId, Actor, CancellationToken.None);
        return session;
    }

    public async Task<TicketRow> ReadAsync(Ticket ticket) => (await Service<TicketQueries>().FindAsync(ticket.Id, CancellationToken.None))!.Ticket;

    public async ValueTask DisposeAsync()
    {
        await Screen.DisposeAsync();
        await Database.DisposeAsync();
    }
}
