using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Hosting;

/// <summary>What an administrator may say about the plant while the application runs (table <c>site_settings</c>, one row). Instants are UTC.</summary>
public sealed class SiteSettings
{
    public const int OnlyId = 1;
    public const int NameMaxLength = 60;

    public int Id { get; init; } = OnlyId;

    /// <summary>The name shown on every screen; null = <see cref="SiteOptions.Name"/>. Ticket numbers keep the option's.</summary>
    public string? Name { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>The account that saved it last.</summary>
    public int? UpdatedBy { get; set; }
}

internal sealed class SiteSettingsConfiguration : IEntityTypeConfiguration<SiteSettings>
{
    public void Configure(EntityTypeBuilder<SiteSettings> builder)
    {
        builder.ToTable("site_settings");
        builder.Property(settings => settings.Id).ValueGeneratedNever();
        builder.Property(settings => settings.Name).HasMaxLength(SiteSettings.NameMaxLength);
    }
}
