using System.Globalization;

namespace MaintenanceApp.Hosting;

/// <summary>The languages of the screens. To add one: name it here and put its <c>.resx</c> files beside the others.</summary>
public static class Languages
{
    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo("fr-CA"), CultureInfo.GetCultureInfo("en-CA")];
}
