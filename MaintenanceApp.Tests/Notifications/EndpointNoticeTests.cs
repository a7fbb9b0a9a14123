using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>Pabbly's host never changes, only the path does: notices are told apart by the URL.</summary>
public sealed class EndpointNoticeTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Theory, BothDatabases]
    public async Task A_second_wrong_URL_on_the_same_host_has_a_notice_of_its_own(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider, settings: ("Webhook:Url", ""));
        scene.Receiver.Decides = post => new Reply(post.Path.EndsWith("/bon", StringComparison.Ordinal) ? 200 : 404);

        foreach (var path in new[] { "/faux-1", "/faux-2" })
        {
            await SetAsync(scene, path);
            await SendAsync(scene);
            await SendAsync(scene);
        }

        var notices = await NoticesAsync(scene);
        notices.Select(notice => notice.Kind).ShouldBe([NoticeKind.EndpointRefuses, NoticeKind.EndpointRefuses], "one for each URL, however often it refuses");
        foreach (var path in new[] { "/bon", "/faux-1" })
        {
            await SetAsync(scene, path);
            await SendAsync(scene);
        }

        (await NoticesAsync(scene)).Count.ShouldBe(3, "somebody went back to a wrong one");
        (await NoticesAsync(scene)).ShouldAllBe(notice => !notice.Detail!.Contains("faux", StringComparison.Ordinal), "its path is a secret");
    }

    private static Task SetAsync(NotifierScene scene, string path)
    {
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        return scene.Host.Service<SetWebhookUrl>().ExecuteAsync(Admin, new Uri(new Uri(scene.Receiver.Url), path).ToString(), CancellationToken.None);
    }

    /// <summary>A test of the endpoint: made once, with what is set now.</summary>
    private static async Task SendAsync(NotifierScene scene)
    {
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        var test = await scene.Host.Service<SendTest>().ExecuteAsync(Admin, CancellationToken.None);
        await scene.NotificationAsync(test, row => row.Status is NotificationStatus.Dead or NotificationStatus.Delivered);
    }

    private static async Task<List<AdminNotice>> NoticesAsync(NotifierScene scene)
    {
        await using var db = scene.Database.CreateDbContext();
        return await db.AdminNotices.AsNoTracking().OrderBy(notice => notice.Id).ToListAsync();
    }
}
