using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>« Essayer maintenant »: the breaker's probe leaves at once, through the dispatcher.</summary>
public sealed class ProbeNowTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Theory, BothDatabases]
    public async Task A_probe_that_is_hours_away_leaves_at_once_and_ends_the_outage(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var probe = scene.Host.Service<ProbeNow>();
        (await probe.ExecuteAsync(Admin, default)).ShouldBeFalse("the breaker is closed");
        var waiting = await scene.Given.Notification(
            await scene.Given.OverdueTicket(), NotificationStatus.Pending, nextAttemptAt: scene.Clock.Now.AddHours(4), url: scene.Receiver.Url);
        await using (var db = scene.Database.CreateDbContext())
        {
            var endpoint = new WebhookEndpoint { Url = scene.Receiver.Url, CreatedAt = scene.Clock.Now };
            new Breaker(9, scene.Clock.Now.AddHours(-1), scene.Clock.Now.AddMinutes(15), TimeSpan.FromMinutes(15)).CopyTo(endpoint);
            db.Add(endpoint);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await Should.ThrowAsync<ForbiddenException>(() => probe.ExecuteAsync(Admin with { Role = Roles.Supervisor }, default));
        (await probe.ExecuteAsync(Admin, default)).ShouldBeTrue();

        await scene.NotificationAsync(waiting.Id, row => row.Status == NotificationStatus.Delivered);
        (await scene.AttemptsAsync()).ShouldHaveSingleItem().IsProbe.ShouldBeTrue();
        (await scene.Host.Service<CurrentEndpoint>().ReadAsync(default)).Breaker.IsOpen.ShouldBeFalse();
    }
}
