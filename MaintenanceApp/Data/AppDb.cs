using MaintenanceApp.Hosting;
using MaintenanceApp.Jobs;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Board;
using MaintenanceApp.Tickets.DefaultViews;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Data;

/// <summary>
/// The one model of both databases. Tables and columns are snake_case (see <see cref="SnakeCaseNames"/>), enums are
/// snake_case words, instants are UTC. Ask for it through <see cref="IDbContextFactory{AppDb}"/>; it lives for one method.
/// </summary>
public abstract class AppDb(DbContextOptions options) : IdentityUserContext<User, int>(options)
{
    public DbSet<Role> Roles => Set<Role>();

    public DbSet<Machine> Machines => Set<Machine>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<TimelineEntry> TicketTimeline => Set<TimelineEntry>();

    public DbSet<TicketComment> TicketComments => Set<TicketComment>();

    public DbSet<CommentRevision> CommentRevisions => Set<CommentRevision>();

    public DbSet<CommentMention> CommentMentions => Set<CommentMention>();

    public DbSet<TicketFile> TicketFiles => Set<TicketFile>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<RoleView> RoleViews => Set<RoleView>();

    public DbSet<ColumnLimit> ColumnLimits => Set<ColumnLimit>();

    public DbSet<UserPreferences> UserPreferences => Set<UserPreferences>();

    public DbSet<SiteSettings> SiteSettings => Set<SiteSettings>();

    public DbSet<WebhookNotification> WebhookNotifications => Set<WebhookNotification>();

    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();

    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();

    public DbSet<NotifierState> NotifierStates => Set<NotifierState>();

    public DbSet<StoredSecret> StoredSecrets => Set<StoredSecret>();

    public DbSet<AdminNotice> AdminNotices => Set<AdminNotice>();

    public DbSet<ScanRun> ScanRuns => Set<ScanRun>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<JobPause> JobPauses => Set<JobPause>();

    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
        SnakeCaseNames.Apply(builder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        StoreAsWord<TicketStatus>(configurationBuilder);
        StoreAsWord<TicketPriority>(configurationBuilder);
        StoreAsWord<MachineStatus>(configurationBuilder);
        StoreAsWord<NotificationStatus>(configurationBuilder);
        StoreAsWord<NotificationTrigger>(configurationBuilder);
        StoreAsWord<AttemptOutcome>(configurationBuilder);
        StoreAsWord<SecretPurpose>(configurationBuilder);
        StoreAsWord<NoticeKind>(configurationBuilder);
        StoreAsWord<ScanRunState>(configurationBuilder);
        StoreAsWord<ScanTrigger>(configurationBuilder);
        StoreAsWord<JobResult>(configurationBuilder);
        StoreAsWord<AuditAct>(configurationBuilder);
    }

    private static void StoreAsWord<T>(ModelConfigurationBuilder configuration)
        where T : struct, Enum => configuration.Properties<T>().HaveConversion<SnakeConverter<T>>().HaveMaxLength(30);
}

/// <summary>SQLite, the default: one file, one process.</summary>
public sealed class SqliteAppDb(DbContextOptions<SqliteAppDb> options) : AppDb(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // Dates are compared as text: a date in any other form would silently never be overdue, or always.
        builder.Entity<Ticket>().ToTable(table => table.HasCheckConstraint(
            "ck_tickets_scheduled_date",
            "scheduled_date IS NULL OR scheduled_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9]*'"));
    }
}

/// <summary>PostgreSQL, where one machine is not enough.</summary>
public sealed class PostgreSqlAppDb(DbContextOptions<PostgreSqlAppDb> options) : AppDb(options);

/// <summary>Gives everyone the configured provider's context as <see cref="AppDb"/>.</summary>
public sealed class AppDbFactory<T>(IDbContextFactory<T> inner) : IDbContextFactory<AppDb>
    where T : AppDb
{
    public AppDb CreateDbContext() => inner.CreateDbContext();

    public async Task<AppDb> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await inner.CreateDbContextAsync(cancellationToken);
}
