using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MaintenanceApp.Hosting;

/// <summary>
/// Reads every duration of the configuration as people write it: <c>[days.]hh:mm:ss[.fraction]</c>, where hours beyond 23
/// are hours. .NET alone takes <c>24:00:00</c> for 24 days and <c>30</c> for 30 days, without a word.
/// </summary>
internal sealed partial class ConfiguredDuration : TypeConverter
{
    private const long MostDays = 100_000;

    /// <summary>The configuration binder asks the type for its converter; once is enough for the process.</summary>
    public static void UseForConfiguration() => Registration.Done = true;

    /// <summary>False for anything else, a bare number but 0 and a text without seconds included: what it means would be a guess.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text?.Trim() == "0")
        {
            return true;
        }

        if (Form().Match(text?.Trim() ?? "") is not { Success: true } match)
        {
            return false;
        }

        long Part(string name) => match.Groups[name] is { Success: true } group ? long.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
        var (days, hours, minutes, seconds) = (Part("days"), Part("hours"), Part("minutes"), Part("seconds"));
        var fraction = match.Groups["fraction"] is { Success: true } digits ? long.Parse(digits.Value.PadRight(7, '0'), CultureInfo.InvariantCulture) : 0;
        if (minutes > 59 || seconds > 59 || (match.Groups["days"].Success && hours > 23) || days + (hours / 24) > MostDays)
        {
            return false;
        }

        duration = new TimeSpan((int)days, (int)hours, (int)minutes, (int)seconds) + TimeSpan.FromTicks(fraction);
        return true;
    }

    /// <summary>What to write instead.</summary>
    public static string Advice(string? text) =>
        $"'{text}' is not a duration: write [days.]hh:mm:ss, such as 00:05:00 for five minutes, 24:00:00 or 1.00:00:00 for a day.";

    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <exception cref="FormatException">Not of the form; the message says what is.</exception>
    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        TryParse((string)value, out var duration) ? duration : throw new FormatException(Advice((string)value));

    [GeneratedRegex(@"^(?:(?<days>[0-9]{1,6})\.)?(?<hours>[0-9]{1,6}):(?<minutes>[0-9]{2}):(?<seconds>[0-9]{2})(?:\.(?<fraction>[0-9]{1,7}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    private static class Registration
    {
        static Registration() => TypeDescriptor.AddAttributes(typeof(TimeSpan), new TypeConverterAttribute(typeof(ConfiguredDuration)));

        public static bool Done { get; set; }
    }
}
