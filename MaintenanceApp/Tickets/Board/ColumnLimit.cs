using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Tickets.Board;

/// <summary>How many tickets a column should hold at most (table <c>column_limits</c>); no row, no limit. Instants are UTC.</summary>
public sealed class ColumnLimit
{
    public const int Largest = 999;

    /// <summary>The columns that may have one: work that is open.</summary>
    public static IReadOnlyList<TicketStatus> Columns => TicketRules.OpenStatuses;

    public required TicketStatus Status { get; init; }

    /// <summary>From 1 to <see cref="Largest"/>. Advice: a move beyond it is not refused.</summary>
    public required int Most { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>The account that set it last.</summary>
    public int UpdatedBy { get; set; }
}

internal sealed class ColumnLimitConfiguration : IEntityTypeConfiguration<ColumnLimit>
{
    public void Configure(EntityTypeBuilder<ColumnLimit> builder)
    {
        builder.ToTable("column_limits");
        builder.HasKey(limit => limit.Status);
    }
}
