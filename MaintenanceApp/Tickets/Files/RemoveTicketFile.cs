using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets.Files;

/// <summary>Takes a file off a ticket, or puts it back. Whoever added it may, and whoever may edit any ticket.</summary>
public sealed class RemoveTicketFile(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock, IOptions<FileStorageOptions> options)
{
    /// <summary>False when there is no such file.</summary>
    /// <exception cref="ForbiddenException">Somebody else's file.</exception>
    /// <exception cref="StaleRecordException">The ticket was deleted for good meanwhile.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, int fileId, CancellationToken cancellationToken) =>
        SetAsync(actor, ticketId, fileId, clock.GetUtcNow().UtcDateTime, cancellationToken);

    /// <inheritdoc cref="ExecuteAsync"/>
    /// <exception cref="RuleException"><c>ticket.too_many_files</c>: others have taken its place.</exception>
    public Task<bool> RestoreAsync(Actor actor, int ticketId, int fileId, CancellationToken cancellationToken) =>
        SetAsync(actor, ticketId, fileId, null, cancellationToken);

    /// <summary>For pages: whether to offer it.</summary>
    public static bool MayRemove(Actor actor, int uploadedBy) => actor.UserId == uploadedBy || actor.Can(Permissions.EditTickets);

    private async Task<bool> SetAsync(Actor actor, int ticketId, int fileId, DateTime? deletedAt, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.TicketFiles.SingleOrDefaultAsync(row => row.Id == fileId && row.TicketId == ticketId, cancellationToken) is not { } file)
        {
            return false;
        }

        if (!MayRemove(actor, file.UploadedBy))
        {
            throw new ForbiddenException(Permissions.EditTickets);
        }

        var isBack = deletedAt is null && file.DeletedAt is not null;
        file.DeletedAt = deletedAt is null ? null : file.DeletedAt ?? deletedAt;
        await (isBack ? TicketFileLimit.SaveAsync(db, ticketId, options.Value.MaxPerTicket, cancellationToken) : TicketSaving.SaveAsync(db, cancellationToken));
        live.Publish(new TicketChanged(ticketId));
        return true;
    }
}
