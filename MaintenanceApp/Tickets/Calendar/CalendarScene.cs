using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>What was asked of a ticket on the calendar.</summary>
/// <param name="Entry">As shown.</param>
/// <param name="IsPerson">The person comes first; else the date.</param>
public sealed record PlanAsk(CalendarEntry Entry, bool IsPerson = false);

/// <summary>One row of the planner.</summary>
/// <param name="Person">Null = nobody, 0 = the team.</param>
/// <param name="Name">Of an account; null for nobody, the team and accounts that are gone.</param>
/// <param name="MayBeAssigned">False for an account that is gone or deactivated.</param>
public sealed record PlannerRow(int? Person, string? Name, bool MayBeAssigned = true)
{
    /// <summary>As the address and the script call the row: <c>none</c>, or the id.</summary>
    public string Word => Text.Of(Person) ?? AssigneeFilter.Nobody.Word;
}

/// <summary>One drawing of the calendar: everything its parts need, read at one instant.</summary>
/// <param name="Url">What was asked.</param>
/// <param name="Period">The days shown.</param>
/// <param name="Content">The tickets of these days.</param>
/// <param name="Tray">The tickets still to plan.</param>
/// <param name="People">Active accounts, by name.</param>
/// <param name="Now">UTC.</param>
/// <param name="Today">Local.</param>
/// <param name="MayPlan">Whether the person looking may move anything.</param>
public sealed record CalendarScene(
    CalendarUrl Url, CalendarPeriod Period, CalendarContent Content, CalendarTray Tray, IReadOnlyList<PersonRow> People, DateTime Now, DateOnly Today, bool MayPlan)
{
    private static readonly string[] Trades = [Roles.SeniorTechnician, Roles.Technician];

    /// <summary>Ends of work are facts: only planned dates can be moved.</summary>
    public bool MayMove => MayPlan && !Url.ByCompletion;

    /// <summary>Technicians, whoever has a ticket in the period, the team, nobody; everybody when asked.</summary>
    public IReadOnlyList<PlannerRow> Rows
    {
        get
        {
            var busy = Content.Entries.Select(entry => entry.Entry.AssignedTo).ToHashSet();
            var known = People.Select(person => person.Id).ToHashSet();
            var gone = Content.Entries.Select(entry => entry.Entry)
                .Where(entry => entry.AssignedTo is { } id and not User.TeamId && !known.Contains(id))
                .DistinctBy(entry => entry.AssignedTo)
                .Select(entry => new PlannerRow(entry.AssignedTo, entry.AssigneeName, MayBeAssigned: false));
            return
            [
                .. People.Where(person => Url.AllPeople || Trades.Contains(person.Role) || busy.Contains(person.Id))
                    .OrderBy(person => Trades.Contains(person.Role) ? 0 : 1)
                    .Select(person => new PlannerRow(person.Id, person.FullName)),
                .. gone,
                new(User.TeamId, null),
                new(null, null),
            ];
        }
    }

    /// <summary>Accounts that <see cref="Rows"/> leaves out.</summary>
    public int HiddenPeople => People.Count - Rows.Count(row => row.MayBeAssigned && row.Person is > User.TeamId);

    /// <summary>The day a phone's planner shows.</summary>
    public DateOnly PhoneDay => Url is { NamesDay: true, Day: { } named } && Period.Contains(named) ? named
        : Period.Contains(Today) ? Today
        : Period.Name;

    /// <summary>The address of another drawing of the same tickets.</summary>
    public CalendarUrl To(CalendarMode mode, DayOfWeek firstDay)
    {
        var day = Period.Contains(Today) ? Today : Period.Mode == CalendarMode.Planner && Url.NamesDay ? PhoneDay : Period.Focus;
        var period = CalendarPeriod.Of(mode, day, firstDay);
        return Url with { Mode = mode, NamesDay = false, Day = period.Contains(Today) && Url.Day is null ? null : period.Name };
    }

    /// <summary>What a change by somebody would move: the tickets in their places, in order.</summary>
    public string Shape => string.Join(' ', Content.Entries.Select(entry => $"{entry.Entry.Id}@{entry.Day.DayNumber}/{entry.Entry.AssignedTo}"))
        + "|" + string.Join(' ', Tray.Groups.Select(group => $"{group.Reason}:{group.Total}:{string.Join(',', group.Entries.Select(entry => entry.Id))}"));
}
