using System.Globalization;
using System.Text;

namespace MaintenanceApp.LegacyImport;

/// <summary>What became of every table and row of the old database.</summary>
public sealed class ImportReport(string source, string target, bool isDryRun)
{
    public List<TableReport> Tables { get; } = [];

    /// <summary>Tables that MaintenanceApp has no place for, with their number of rows and why.</summary>
    public List<(string Table, int Rows, string Reason)> NotImported { get; } = [];

    /// <summary>What the operator should look at beside the rows.</summary>
    public List<string> Notes { get; } = [];

    public TableReport Of(string table) => Tables.Single(report => report.Table == table);

    public TableReport Start(string table)
    {
        var report = new TableReport(table);
        Tables.Add(report);
        return report;
    }

    /// <summary>For the console, in English.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"Import of {source}");
        Line($"into {target}{(isDryRun ? " (dry run: nothing is kept)" : "")}");
        Line($"");
        Line($"{"table",-22} {"read",8} {"imported",9} {"repaired",9} {"skipped",8} {"unchanged",10}");
        foreach (var table in Tables)
        {
            Line($"{table.Table,-22} {table.Read,8} {table.Imported,9} {table.Repaired,9} {table.Skipped,8} {table.Unchanged,10}");
        }

        Line($"read = imported + skipped + unchanged; repaired rows are among the imported ones.");
        Section("Look at this:", Notes);
        Section("Repaired, skipped or noted, row by row:", Tables.SelectMany(table => table.Rows.Select(row => $"{table.Table} {row.Id}: {row.Outcome.ToString().ToLowerInvariant()}: {row.Reason}")));
        Section("Not imported:", NotImported.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Table} ({table.Rows} rows): {table.Reason}")));
        return text.ToString();

        void Section(string title, IEnumerable<string> lines)
        {
            var list = lines.ToList();
            if (list.Count > 0)
            {
                Line($"");
                Line($"{title}");
                list.ForEach(line => Line($"  {line}"));
            }
        }

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>The rows of one table. <see cref="Read"/> = <see cref="Imported"/> + <see cref="Skipped"/> + <see cref="Unchanged"/>.</summary>
public sealed class TableReport(string table)
{
    public string Table { get; } = table;

    public int Read { get; private set; }

    /// <summary>Rows written, the repaired ones included.</summary>
    public int Imported { get; private set; }

    /// <summary>Rows written with at least one value changed on the way.</summary>
    public int Repaired { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>Rows that an earlier import wrote; left as they are now, whatever people changed since.</summary>
    public int Unchanged { get; private set; }

    public List<RowReport> Rows { get; } = [];

    internal void AddImported(LegacyRow row)
    {
        Read++;
        Imported++;
        if (row.Repairs.Count > 0)
        {
            Repaired++;
            Rows.Add(new(row.IdAsWritten, RowOutcome.Repaired, string.Join("; ", row.Repairs)));
        }
    }

    internal void AddSkipped(LegacyRow row, string reason)
    {
        Read++;
        Skipped++;
        Rows.Add(new(row.IdAsWritten, RowOutcome.Skipped, reason));
    }

    internal void AddUnchanged(LegacyRow row, string? note = null)
    {
        Read++;
        Unchanged++;
        if (note is not null)
        {
            Rows.Add(new(row.IdAsWritten, RowOutcome.Noted, note));
        }
    }
}

public enum RowOutcome
{
    Repaired,
    Skipped,
    Noted,
}

/// <param name="Id">As written in the old database.</param>
/// <param name="Outcome">What happened to the row.</param>
/// <param name="Reason">Every reason, separated by semicolons.</param>
public sealed record RowReport(string Id, RowOutcome Outcome, string Reason);
