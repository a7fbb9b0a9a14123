using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>Words about files.</summary>
public static class FileWords
{
    private const double Kibi = 1024;

    /// <summary>« 820 Ko », « 2,4 Mo ».</summary>
    public static string Size(IStringLocalizer<TicketTexts> texts, long bytes) => bytes < Kibi * Kibi
        ? texts["Kilobytes", Math.Max(1, Math.Round(bytes / Kibi)).ToString("0", CultureInfo.CurrentCulture)]
        : texts["Megabytes", (bytes / Kibi / Kibi).ToString("0.#", CultureInfo.CurrentCulture)];
}
