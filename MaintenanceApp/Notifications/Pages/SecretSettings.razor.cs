using System.Data.Common;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>The secrets of one purpose.</summary>
public sealed partial class SecretSettings(
    RotateSecret rotate, RevokeSecret revoke, ToastMessages toasts, InstantText instants, SiteClock clock, NavigationManager navigation)
{
    private const string Verification =
        """
        import { createHmac, timingSafeEqual } from "node:crypto";

        export function isGenuine(secret, headers, rawBody) {
          const { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signatures } = headers;
          if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return false;
          const key = Buffer.from(secret.slice("whsec_".length), "base64");
          const expected = createHmac("sha256", key).update(`${id}.${time}.${rawBody}`).digest();
          return signatures.split(" ").some((signature) => {
            const given = Buffer.from(signature.split(",")[1] ?? "", "base64");
            return given.length === expected.length && timingSafeEqual(given, expected);
          });
        }
        """;

    private ConfirmDialog? dialog;
    private string? shownOnce;
    private string? problem;
    private string value = "";
    private int graceHours = (int)RotateSecret.DefaultGrace.TotalHours;
    private bool isBusy;

    [Parameter, EditorRequired]
    public required SecretSetting Setting { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private bool IsSigning => Setting.Purpose == SecretPurpose.WebhookSigning;

    /// <summary>The part of the keys that differs between the purposes.</summary>
    private string Name => IsSigning ? "Signing" : "Cron";

    private string HowMany => Setting switch
    {
        { IsUnreadable: true } => "Unreadable",
        { Source: SettingSource.Configuration } => Setting.ConfiguredCount == 1 ? "One" : "Two",
        { Current.IsReadable: true, Previous.IsReadable: true } => "Two",
        { Source: SettingSource.None } => "None",
        _ => "One",
    };

    private string Snippet => IsSigning
        ? Verification
        : $"curl -X POST {navigation.BaseUri}api/cron/check-overdue \\\n  -H \"Authorization: Bearer {L["YourSecret"]}\"";

    private string Id(string field) => $"{Snake.Of(Setting.Purpose)}-{field}";

    private async Task RotateAsync()
    {
        problem = Blank.ToNull(value) is { } typed && !RotateSecret.IsAcceptable(Setting.Purpose, typed) ? L[$"ValueFault{Name}"].Value : null;
        if (problem is not null || (Setting.Current is not null && !await ConfirmAsync()))
        {
            return;
        }

        var request = new RotateSecretRequest { Purpose = Setting.Purpose, ReplacesId = Setting.Current?.Id, Value = value, Grace = TimeSpan.FromHours(graceHours) };
        await TryAsync(async () =>
        {
            shownOnce = await rotate.ExecuteAsync(Actor, request, CancellationToken.None);
            value = "";
        });
    }

    private Task<bool> ConfirmAsync()
    {
        var end = clock.UtcNow.AddHours(graceHours);
        var effect = graceHours == 0 || Setting.Current is { IsReadable: false } ? L["RotateNow"].Value : $"{L["RotateGrace", instants.Compact(end, clock.UtcNow)]} {L[$"RotateEffect{Name}"]}";
        return dialog!.AskAsync(
            L[$"RotateQuestion{Name}"], Setting.Previous is null ? effect : $"{effect} {L["RotateDropsPrevious"]}", L["RotateVerb"], danger: graceHours == 0);
    }

    private async Task RevokeAsync(int id)
    {
        if (await dialog!.AskAsync(L["RevokeQuestion"], L[$"RevokeEffect{Name}"], L["RevokeVerb"], danger: true))
        {
            await TryAsync(async () =>
            {
                await revoke.ExecuteAsync(Actor, id, CancellationToken.None);
                toasts.Show(L["Revoked"]);
            });
        }
    }

    private async Task TryAsync(Func<Task> action)
    {
        (isBusy, problem) = (true, null);
        try
        {
            await action();
        }
        catch (StaleRecordException)
        {
            problem = L["ChangedByOther"];
        }
        catch (Exception exception) when (exception is RuleException or InvalidInputException)
        {
            problem = L["Refused"];
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            problem = L["SaveFailed"];
        }
        finally
        {
            isBusy = false;
        }

        await OnChanged.InvokeAsync();
    }
}
