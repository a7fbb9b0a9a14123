using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Components;

/// <summary>A number with its noun. French says zero in the singular, English in the plural.</summary>
public static class Plural
{
    /// <param name="texts">The slice's texts.</param>
    /// <param name="one">The key of the singular, with <c>{0}</c> for the number.</param>
    /// <param name="many">The key of the plural.</param>
    /// <param name="count">The number.</param>
    public static string Count(this IStringLocalizer texts, string one, string many, int count)
    {
        var isFrench = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr";
        return texts[count == 1 || (isFrench && count == 0) ? one : many, count];
    }
}
