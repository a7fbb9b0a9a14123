using MaintenanceApp.Users;

namespace MaintenanceApp.LegacyImport;

/// <summary>
/// Whom a person's number in the old database means here. People who no longer exist keep their number: it is not a
/// foreign key, and <see cref="LastNumber"/> keeps it from ever being given to somebody else.
/// </summary>
internal sealed class People
{
    // A mistyped 2147483647 must not use up the numbers of all future accounts.
    private const int HighestPlausible = 1_000_000;

    private readonly Dictionary<int, int> here = new() { [User.TeamId] = User.TeamId };
    private readonly HashSet<int> accounts;
    private int lastNumber;

    /// <param name="accounts">Every account of this database before the import.</param>
    /// <param name="lastNumber">The highest number that the old system ever gave.</param>
    public People(IEnumerable<int> accounts, int lastNumber)
    {
        this.accounts = [.. accounts];
        this.lastNumber = Math.Max(lastNumber, this.accounts.DefaultIfEmpty().Max());
    }

    /// <summary>The highest number ever given to a person, in either system.</summary>
    public int LastNumber => lastNumber;

    public bool IsFree(int number) => !accounts.Contains(number);

    public int NextNumber() => ++lastNumber;

    /// <param name="legacyId">The number in the old database.</param>
    /// <param name="number">The account's number here.</param>
    public void Add(int legacyId, int number)
    {
        here[legacyId] = number;
        accounts.Add(number);
        Remember(number);
    }

    /// <summary>Null for nobody.</summary>
    public int? Person(LegacyRow row, string column) => row.Number(column) is { } id ? NumberOf(row, column, id) : null;

    /// <summary>The application stands in for nobody.</summary>
    public int Author(LegacyRow row, string column)
    {
        if (Person(row, column) is { } id)
        {
            return id;
        }

        row.Repaired($"{column} names nobody");
        return Actor.Application.UserId;
    }

    private int NumberOf(LegacyRow row, string column, int id)
    {
        if (here.TryGetValue(id, out var number))
        {
            return number;
        }

        Remember(id);
        here[id] = IsFree(id) ? id : NextNumber();
        if (here[id] != id)
        {
            row.Repaired($"{column} {id} is no longer anybody in the old database but somebody else here: {here[id]} instead");
        }

        return here[id];
    }

    private void Remember(int number)
    {
        if (number is > 0 and <= HighestPlausible)
        {
            lastNumber = Math.Max(lastNumber, number);
        }
    }
}
