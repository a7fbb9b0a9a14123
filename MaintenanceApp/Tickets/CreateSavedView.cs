using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

public sealed class SavedViewRequest
{
    [Required(ErrorMessage = "Nom requis")]
    [StringLength(SavedView.NameMaxLength, ErrorMessage = "Le nom doit avoir au plus {1} caractères")]
    public string? Name { get; set => field = TypedText.OneLine(value); }

    [StringLength(SavedView.QueryMaxLength, ErrorMessage = "La vue est trop longue")]
    public string Query { get; set; } = "";

    /// <summary>For roles that plan.</summary>
    public bool IsShared { get; set; }
}

/// <summary>Keeps the list as it stands under a name.</summary>
public sealed class CreateSavedView(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    /// <summary>Of one account.</summary>
    public const int Most = 30;

    /// <returns>The row's id.</returns>
    /// <exception cref="ForbiddenException">The role may not share.</exception>
    /// <exception cref="RuleException"><c>view.name_taken</c>, <c>view.too_many</c>.</exception>
    public async Task<int> ExecuteAsync(Actor actor, SavedViewRequest request, CancellationToken cancellationToken)
    {
        RequireMayShare(actor, request.IsShared);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Set<SavedView>().CountAsync(view => view.OwnerId == actor.UserId, cancellationToken) >= Most)
        {
            throw new RuleException("view.too_many", $"Au plus {Most} vues par personne. Supprimez-en une.");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var created = new SavedView
        {
            OwnerId = actor.UserId,
            Name = request.Name!,
            Query = request.Query,
            IsShared = request.IsShared,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(created);
        await SaveAsync(db, cancellationToken);
        return created.Id;
    }

    internal static void RequireMayShare(Actor actor, bool isShared)
    {
        if (isShared)
        {
            actor.Require(Permissions.PlanTickets);
        }
    }

    /// <exception cref="RuleException"><c>view.name_taken</c>.</exception>
    internal static async Task SaveAsync(AppDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsUnique(exception))
        {
            throw new RuleException("view.name_taken", "Vous avez déjà une vue de ce nom.");
        }
    }
}
