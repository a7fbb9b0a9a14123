using MaintenanceApp.Components;
using MaintenanceApp.Data;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Machines.Pages;

/// <summary>What a use case refused, in the language of the screen.</summary>
public sealed class MachineErrors(IStringLocalizer<MachineTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    public static bool IsExpected(Exception exception) => exception is RuleException or ForbiddenException or StaleRecordException;

    public string Sentence(Exception exception) => exception switch
    {
        RuleException rule => texts[$"Rule.{rule.Code}"] is { ResourceNotFound: false } known ? known.Value : rule.Message,
        ForbiddenException forbidden => shared["NoAccessMissing", shared[$"Permission.{forbidden.Permission}"]],
        StaleRecordException => texts["Stale"],
        _ => exception.Message,
    };
}
