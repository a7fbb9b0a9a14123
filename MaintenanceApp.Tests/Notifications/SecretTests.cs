using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>Stored secrets: encrypted, rotated with a grace period, and what happens when their keys are lost.</summary>
public sealed class SecretTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);
    private static readonly string TypedSecret = "whsec_" + Convert.ToBase64String(new byte[32]);

    [Theory, BothDatabases]
    public async Task Of_twenty_rotations_at_once_one_wins_and_the_others_are_told(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var first = await RotateAsync(scene);
        var seen = (await SettingAsync(scene)).Current!.Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await RotateAsync(scene, replaces: seen);
            }
            catch (StaleRecordException)
            {
                return null;
            }
        })));

        var won = answers.OfType<string>().ShouldHaveSingleItem();
        (await ActiveAsync(scene)).ShouldBe([won, first]);
    }

    [Fact]
    public async Task At_most_two_count_and_the_previous_one_ends_with_its_grace_period()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var first = await RotateAsync(scene);
        var second = await RotateAsync(scene, TimeSpan.FromDays(7));
        (await ActiveAsync(scene)).ShouldBe([second, first]);

        var third = await RotateAsync(scene, TimeSpan.FromHours(1));
        (await ActiveAsync(scene)).ShouldBe([third, second], "the first ends at once, whatever its grace period was");

        scene.Clock.Advance(TimeSpan.FromHours(1));
        (await ActiveAsync(scene)).ShouldBe([third]);

        var fourth = await RotateAsync(scene, TimeSpan.Zero);
        (await ActiveAsync(scene)).ShouldBe([fourth]);
        scene.Host.Logs.ShouldAllBe(line => !line.Contains(fourth, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_previous_one_can_be_revoked_and_the_current_one_cannot()
    {
        await using var scene = await NotifierScene.CreateAsync();
        await RotateAsync(scene);
        var second = await RotateAsync(scene);
        var setting = await SettingAsync(scene);
        var revoke = scene.Host.Service<RevokeSecret>();

        (await revoke.ExecuteAsync(Admin, setting.Current!.Id, default)).ShouldBeFalse();
        (await revoke.ExecuteAsync(Admin, setting.Previous!.Id, default)).ShouldBeTrue();

        (await ActiveAsync(scene)).ShouldBe([second]);
        await Should.ThrowAsync<ForbiddenException>(() => revoke.ExecuteAsync(Admin with { Role = Roles.Supervisor }, setting.Previous.Id, default));
    }

    [Fact]
    public async Task What_is_stored_and_shown_is_not_the_value()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var value = await RotateAsync(scene);

        var stored = (await scene.Database.QueryAsync("SELECT * FROM stored_secrets")).ShouldHaveSingleItem();
        var key = value["whsec_".Length..];
        stored.Values.OfType<string>().ShouldAllBe(text => !text.Contains(key, StringComparison.Ordinal));
        (await SettingAsync(scene)).Current!.Hint.ShouldBe(value.TrimEnd('=')[^4..]);
        (await scene.Host.Service<SecretVault>().ReadAsync(SecretPurpose.WebhookSigning, default)).ToString().ShouldNotContain(value);
    }

    [Fact]
    public async Task Typed_values_are_checked_and_short_ones_are_not_hinted_at()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var rotate = scene.Host.Service<RotateSecret>();

        await Should.ThrowAsync<InvalidInputException>(() => rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.WebhookSigning, Value = "trop-court" }, default));
        await Should.ThrowAsync<InvalidInputException>(() => rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.Cron, Value = "deux\nlignes" }, default));
        await Should.ThrowAsync<InvalidInputException>(() => rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.Cron, Value = new string('x', 201) }, default));
        await Should.ThrowAsync<InvalidInputException>(() => rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.Cron, Grace = TimeSpan.FromDays(365) }, default));
        await Should.ThrowAsync<ForbiddenException>(() => rotate.ExecuteAsync(Admin with { Role = Roles.Director }, new() { Purpose = SecretPurpose.Cron }, default));
        (await rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.WebhookSigning, Value = $" {TypedSecret} " }, default)).ShouldBe(TypedSecret);
        (await rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.Cron, Value = "é" }, default)).ShouldBe("é");
        (await scene.Host.Service<SettingsQueries>().ReadAsync(Admin, default)).Cron.Current!.Hint.ShouldBeEmpty();
    }

    [Fact]
    public async Task Those_of_the_configuration_win_and_cannot_be_changed_here()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: [("Webhook:SigningSecrets:0", TypedSecret), ("Cron:Secrets:0", "fixe")]);

        (await ActiveAsync(scene)).ShouldBe([TypedSecret]);
        (await Should.ThrowAsync<RuleException>(() => RotateAsync(scene))).Code.ShouldBe("secret.configured");
        var settings = await scene.Host.Service<SettingsQueries>().ReadAsync(Admin, default);
        (settings.Signing.Source, settings.Signing.ConfiguredCount).ShouldBe((SettingSource.Configuration, 1));
        settings.Endpoint.Source.ShouldBe(SettingSource.Configuration);
    }

    [Fact]
    public async Task Lost_keys_are_an_error_that_everyone_sees_and_a_rotation_mends()
    {
        await using var scene = await NotifierScene.CreateAsync();
        await RotateAsync(scene);
        var before = await SettingAsync(scene);
        await scene.Database.ExecuteAsync("UPDATE stored_secrets SET protected_value = 'chiffré avec une clé perdue'");
        var vault = scene.Host.Service<SecretVault>();
        vault.Forget();

        (await vault.ReadAsync(SecretPurpose.WebhookSigning, default)).IsUnreadable.ShouldBeTrue();
        vault.Forget();
        (await vault.ReadAsync(SecretPurpose.WebhookSigning, default)).Values.ShouldBeEmpty();

        (await SettingAsync(scene)).IsUnreadable.ShouldBeTrue();
        await scene.Given.OverdueTicket();
        var runs = scene.Host.Service<ScanRuns>();
        await scene.Host.Service<OverdueScan>().RunAsync(await runs.BeginAsync(ScanTrigger.Manual, default), default);
        (await scene.Host.Service<NotificationDispatcher>().IsDueAsync(default)).ShouldBeFalse("what waits for a secret asks for no job");
        (await scene.NotificationsAsync()).ShouldHaveSingleItem().Status.ShouldBe(NotificationStatus.Pending);
        var notice = (await scene.Host.Service<AdminNotices>().ListAsync(Admin, default)).ShouldHaveSingleItem();
        (notice.Kind, notice.Detail, notice.Count).ShouldBe((NoticeKind.SecretUnreadable, "webhook_signing", 1));
        var mended = await RotateAsync(scene, replaces: before.Current!.Id);
        (await ActiveAsync(scene)).ShouldBe([mended]);
    }

    [Theory, BothDatabases]
    public async Task Another_process_sees_a_rotation_after_five_seconds(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var clock = new FakeTimeProvider();
        var other = new SecretVault(
            scene.Database,
            scene.Host.Service<IDataProtectionProvider>(),
            new ConfigurationBuilder().Build(),
            new AdminNotices(scene.Database, new LiveUpdates(NullLogger<LiveUpdates>.Instance), clock),
            clock,
            NullLogger<SecretVault>.Instance);
        (await other.ReadAsync(SecretPurpose.WebhookSigning, default)).Values.ShouldBeEmpty();

        var value = await RotateAsync(scene);
        (await other.ReadAsync(SecretPurpose.WebhookSigning, default)).Values.ShouldBeEmpty("its cache is fresh");
        clock.Advance(TimeSpan.FromSeconds(5.1));

        (await other.ReadAsync(SecretPurpose.WebhookSigning, default)).Values.ShouldBe([value]);
    }

    private static Task<string> RotateAsync(NotifierScene scene, TimeSpan? grace = null) => RotateCurrentAsync(scene, grace ?? RotateSecret.DefaultGrace);

    private static Task<string> RotateAsync(NotifierScene scene, int replaces) =>
        scene.Host.Service<RotateSecret>().ExecuteAsync(Admin, new() { Purpose = SecretPurpose.WebhookSigning, ReplacesId = replaces }, default);

    private static async Task<string> RotateCurrentAsync(NotifierScene scene, TimeSpan grace) => await scene.Host.Service<RotateSecret>().ExecuteAsync(
        Admin, new() { Purpose = SecretPurpose.WebhookSigning, ReplacesId = (await SettingAsync(scene)).Current?.Id, Grace = grace }, default);

    private static async Task<SecretSetting> SettingAsync(NotifierScene scene) =>
        (await scene.Host.Service<SettingsQueries>().ReadAsync(Admin, default)).Signing;

    private static async Task<IReadOnlyList<string>> ActiveAsync(NotifierScene scene) =>
        (await scene.Host.Service<SecretVault>().ReadAsync(SecretPurpose.WebhookSigning, default)).Values;
}
