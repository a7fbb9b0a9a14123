using System.Globalization;

namespace MaintenanceApp.Hosting;

/// <summary>A row id in an address. Digits only; one too large for a row is an id that does not exist, not an error.</summary>
public readonly record struct RouteId(int Value)
{
    public const int Nobody = -2;

    public static bool TryParse(string? text, out RouteId id)
    {
        id = new RouteId(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : Nobody);
        return text is { Length: > 0 } && text.All(char.IsAsciiDigit);
    }
}
