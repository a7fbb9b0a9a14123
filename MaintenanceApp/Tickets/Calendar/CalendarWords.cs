using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Tickets.Pages;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>Days and periods in words, in the language of the screen. Days are local days of the site.</summary>
public sealed class CalendarWords(IStringLocalizer<CalendarTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private static bool IsFrench => Culture.TwoLetterISOLanguageName == "fr";

    /// <summary>« 9 au 15 novembre », « Novembre 2025 »; the year of a week only where it is not this one.</summary>
    public string Title(CalendarPeriod period, DateOnly today)
    {
        if (period.Mode == CalendarMode.Month)
        {
            var month = period.Focus.ToString(texts["FormatMonth"], Culture);
            return char.ToUpper(month[0], Culture) + month[1..];
        }

        var (first, last) = (period.Start, period.End.AddDays(-1));
        if (first.Month == last.Month)
        {
            var key = first.Year == today.Year ? "RangeInMonth" : "RangeInMonthYear";
            return texts[key, Number(first), Number(last), first.ToString("MMMM", Culture), first.Year];
        }

        var isThisYear = first.Year == today.Year && last.Year == today.Year;
        var format = texts[isThisYear ? "FormatDayMonth" : "FormatDayMonthYear"];
        return texts["Range", Ordinal(first.ToString(format, Culture)), Ordinal(last.ToString(format, Culture))];
    }

    /// <summary>« Aujourd’hui, mercredi 12 novembre ».</summary>
    public string Heading(DateOnly day, DateOnly today)
    {
        var words = Ordinal(day.ToString(shared["DateLongDay"], Culture), isFirstWord: false);
        return (day.DayNumber - today.DayNumber) switch
        {
            0 => texts["HeadingToday", words],
            1 => texts["HeadingTomorrow", words],
            -1 => texts["HeadingYesterday", words],
            _ => char.ToUpper(words[0], Culture) + words[1..],
        };
    }

    /// <summary>« mercredi 12 novembre », for labels.</summary>
    public string LongDay(DateOnly day) => Ordinal(day.ToString(shared["DateLongDay"], Culture), isFirstWord: false);

    /// <summary>« mer. 12 nov. », for the label of a cell under the pointer.</summary>
    public string ShortDay(DateOnly day) => day.ToString(shared["DateShort"], Culture);

    /// <summary>« mer. ».</summary>
    public static string Weekday(DateOnly day) => day.ToString("ddd", Culture);

    public string Holiday(QuebecHoliday holiday) => texts[$"Holiday{holiday}"];

    /// <summary>Where the rows of a week begin: the setting of the language (Sunday in fr-CA and en-CA).</summary>
    public static DayOfWeek FirstDay => Culture.DateTimeFormat.FirstDayOfWeek;

    /// <summary>Why a ticket lies in the tray, as the head of its group.</summary>
    public string Reason(TrayReason reason) => texts[$"Tray{reason}"];

    /// <summary>French says « 1er ».</summary>
    private static string Number(DateOnly day) => IsFrench && day.Day == 1 ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture);

    private static string Ordinal(string words, bool isFirstWord = true) => !IsFrench ? words
        : isFirstWord && words.StartsWith("1 ", StringComparison.Ordinal) ? "1er" + words[1..]
        : words.Replace(" 1 ", " 1er ", StringComparison.Ordinal);
}
