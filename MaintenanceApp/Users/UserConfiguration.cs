using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Users;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.FullName).HasMaxLength(100);
        builder.Property(user => user.Role).HasMaxLength(30);
        builder.Property(user => user.Email).IsRequired();
        builder.Property(user => user.CreatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
        builder.Property(user => user.UpdatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
        builder.Property(user => user.EmailConfirmed).HasDefaultValue(false);
        builder.Property(user => user.PhoneNumberConfirmed).HasDefaultValue(false);
        builder.Property(user => user.TwoFactorEnabled).HasDefaultValue(false);
        builder.Property(user => user.LockoutEnabled).HasDefaultValue(true);
        builder.Property(user => user.AccessFailedCount).HasDefaultValue(0);
        builder.HasOne<Role>().WithMany().HasForeignKey(user => user.Role).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(user => user.NormalizedEmail, "idx_users_email").IsUnique();
        builder.HasIndex(user => user.Email, "idx_users_email_as_typed").IsUnique();
    }
}

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable("roles");
        builder.HasKey(role => role.Name);
        builder.Property(role => role.Name).HasMaxLength(30);
        builder.HasData(Roles.All);
    }
}

internal sealed class UserClaimConfiguration : IEntityTypeConfiguration<IdentityUserClaim<int>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<int>> builder) => builder.ToTable("user_claims");
}

internal sealed class UserLoginConfiguration : IEntityTypeConfiguration<IdentityUserLogin<int>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<int>> builder) => builder.ToTable("user_logins");
}

internal sealed class UserTokenConfiguration : IEntityTypeConfiguration<IdentityUserToken<int>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<int>> builder) => builder.ToTable("user_tokens");
}
