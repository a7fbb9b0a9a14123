using MaintenanceApp.Components;
using MaintenanceApp.Data;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>What a use case refused, in the language of the screen.</summary>
public sealed class TicketErrors(IStringLocalizer<TicketTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    public static bool IsExpected(Exception exception) =>
        exception is RuleException or InvalidInputException or ForbiddenException or StaleRecordException || DatabaseFailure.Is(exception);

    public string Sentence(Exception exception) => exception switch
    {
        RuleException rule => Known(texts[$"Rule.{rule.Code}"]) ?? rule.Message,
        InvalidInputException input => Known(texts[$"Invalid.{input.Field}"]) ?? input.Message,
        ForbiddenException forbidden => NotAllowed(forbidden.Permission),
        StaleRecordException => texts["ChangedAgain"],
        _ when DatabaseFailure.Is(exception) => shared["DatabaseAway"],
        _ => exception.Message,
    };

    /// <summary>Why a control is not offered: « Il vous manque la permission : planifier… ».</summary>
    public string NotAllowed(string permission) => texts["NotAllowed", Known(shared[$"Permission.{permission}"]) ?? permission];

    private static string? Known(LocalizedString text) => text.ResourceNotFound ? null : text.Value;
}
