namespace MaintenanceApp.Data;

/// <summary>
/// A well-formed request that a rule of the product refuses. Routes answer 409 with the message, forms show it.
/// </summary>
/// <param name="code">Stable, dotted and lower-case (<c>machine.has_tickets</c>); the key of the localised message in SharedTexts.</param>
/// <param name="message">French by default, shown as is where no localised message exists for the code.</param>
public sealed class RuleException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>The caller asked for something that their role does not allow. Routes answer 403.</summary>
/// <param name="permission">The missing permission, one of <see cref="Users.Permissions"/>.</param>
public sealed class ForbiddenException(string permission) : Exception($"Permission requise : {permission}")
{
    public string Permission { get; } = permission;
}

/// <summary>Somebody saved the same record first. Routes answer 409; forms show both versions and keep the typed text.</summary>
public sealed class StaleRecordException() : Exception("Cet élément a été modifié par quelqu’un d’autre. Rechargez-le, puis réessayez.");

/// <summary>A value that is well formed but means nothing here, such as the id of a machine that does not exist. Routes answer 400.</summary>
/// <param name="field">The request's property, for the form to mark.</param>
/// <param name="message">French by default.</param>
public sealed class InvalidInputException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}
