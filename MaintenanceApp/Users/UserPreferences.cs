using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Users;

/// <summary>How one account likes its screens (table <c>user_preferences</c>). Instants are UTC.</summary>
public sealed class UserPreferences
{
    public const int TicketColumnsMaxLength = 200;
    public const int TicketViewMaxLength = 40;

    public required int UserId { get; init; }

    /// <summary><c>fr-CA</c> or <c>en-CA</c>; null = as the browser's cookie or the site says.</summary>
    public string? Language { get; set; }

    /// <summary><c>comfortable</c> or <c>compact</c>; null = comfortable.</summary>
    public string? Density { get; set; }

    /// <summary>Single-letter keys. WCAG 2.1.4: they can be turned off.</summary>
    public bool SingleKeys { get; set; } = true;

    /// <summary>Names of the list's columns in order, separated by commas; null = the usual ones.</summary>
    public string? TicketColumns { get; set; }

    /// <summary>The view that the ticket list opens with, as a word of the Tickets slice; null = as the role's default says, else as usual.</summary>
    public string? TicketView { get; set; }

    public DateTime UpdatedAt { get; set; }
}

internal sealed class UserPreferencesConfiguration : IEntityTypeConfiguration<UserPreferences>
{
    public void Configure(EntityTypeBuilder<UserPreferences> builder)
    {
        builder.ToTable("user_preferences");
        builder.HasKey(preferences => preferences.UserId);
        builder.Property(preferences => preferences.UserId).ValueGeneratedNever();
        builder.Property(preferences => preferences.Language).HasMaxLength(10);
        builder.Property(preferences => preferences.Density).HasMaxLength(20);
        builder.Property(preferences => preferences.SingleKeys).HasDefaultValue(true).HasSentinel(true);
        builder.Property(preferences => preferences.TicketColumns).HasMaxLength(UserPreferences.TicketColumnsMaxLength);
        builder.Property(preferences => preferences.TicketView).HasMaxLength(UserPreferences.TicketViewMaxLength);
        builder.HasOne<User>().WithOne().HasForeignKey<UserPreferences>(preferences => preferences.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
