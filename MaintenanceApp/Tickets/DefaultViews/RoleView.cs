using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Tickets.DefaultViews;

/// <summary>
/// The view that the list opens with for a role, where the person chose none (table <c>role_views</c>); no row, as usual.
/// Instants are UTC.
/// </summary>
public sealed class RoleView
{
    public const int RoleMaxLength = 30;

    /// <summary>The stored name of the role.</summary>
    public required string Role { get; init; }

    /// <summary>As <see cref="DefaultView.Word"/>.</summary>
    public required string View { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>The account that set it last.</summary>
    public int UpdatedBy { get; set; }
}

internal sealed class RoleViewConfiguration : IEntityTypeConfiguration<RoleView>
{
    public void Configure(EntityTypeBuilder<RoleView> builder)
    {
        builder.ToTable("role_views");
        builder.HasKey(row => row.Role);
        builder.Property(row => row.Role).HasMaxLength(RoleView.RoleMaxLength);
        builder.Property(row => row.View).HasMaxLength(DefaultView.WordMaxLength);
    }
}
