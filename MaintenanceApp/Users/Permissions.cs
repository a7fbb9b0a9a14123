using static MaintenanceApp.Users.Roles;

namespace MaintenanceApp.Users;

/// <summary>
/// What a role may do. Each name is also an authorization policy, so a page says
/// <c>[Authorize(Policy = Permissions.PlanTickets)]</c> and a route <c>RequireAuthorization(Permissions.PlanTickets)</c>.
/// </summary>
public static class Permissions
{
    public const string ReadTickets = "tickets.read";
    public const string CreateTickets = "tickets.create";

    /// <summary>Edit any ticket. Without it, <see cref="EditOwnTickets"/> allows the tickets one reported.</summary>
    public const string EditTickets = "tickets.edit";
    public const string EditOwnTickets = "tickets.edit_own";

    /// <summary>Work on a ticket: move its status.</summary>
    public const string WorkOnTickets = "tickets.work";

    /// <summary>Assign and schedule.</summary>
    public const string PlanTickets = "tickets.plan";
    public const string CommentTickets = "tickets.comment";

    /// <summary>Move any ticket to the trash and back.</summary>
    public const string TrashTickets = "tickets.trash";

    /// <summary>Delete tickets of the trash for good, which nobody can undo.</summary>
    public const string EraseTickets = "tickets.erase";

    /// <summary>Set the limits of the board's columns.</summary>
    public const string ManageBoard = "board.manage";

    public const string ManageMachines = "machines.manage";
    public const string ReadUsers = "users.read";
    public const string ManageUsers = "users.manage";
    public const string ReadNotifications = "notifications.read";

    /// <summary>See request and response bodies, resend, re-enable the endpoint.</summary>
    public const string ManageNotifications = "notifications.manage";
    public const string RunScans = "scans.run";
    public const string ReadOperations = "operations.read";

    /// <summary>Pause and resume jobs and notifications.</summary>
    public const string ManageOperations = "operations.manage";

    private static readonly string[] Planning =
    [
        ReadTickets, CreateTickets, EditTickets, EditOwnTickets, WorkOnTickets, PlanTickets, CommentTickets,
        ReadUsers, ReadNotifications, RunScans, ReadOperations,
    ];

    private static readonly string[] Working =
        [ReadTickets, CreateTickets, EditTickets, EditOwnTickets, WorkOnTickets, CommentTickets, ReadUsers, ReadNotifications];

    private static readonly string[] Reporting =
        [ReadTickets, CreateTickets, EditOwnTickets, CommentTickets, ReadUsers, ReadNotifications];

    private static readonly string[] Reading = [ReadTickets, ReadUsers, ReadNotifications];

    private static readonly Dictionary<string, string[]> ByRole = new()
    {
        [Admin] =
        [
            .. Planning, TrashTickets, EraseTickets, ManageBoard, ManageMachines, ManageUsers, ManageNotifications, ManageOperations,
        ],
        [Supervisor] = [.. Planning, TrashTickets, ManageBoard, ManageMachines],
        [Coordinator] = Planning,
        [Planner] = Planning,
        [SeniorTechnician] = [.. Working, PlanTickets],
        [Technician] = Working,
        [TeamLeader] = [.. Reporting, EditTickets, PlanTickets],
        [FurnaceOperator] = Reporting,
        [Operator] = Reporting,
        [SafetyOfficer] = Reporting,
        [QualityInspector] = Reporting,
        [Storekeeper] = [ReadTickets, CommentTickets, ReadUsers, ReadNotifications],
        [Director] = [.. Reading, ReadOperations],
        [Viewer] = Reading,
    };

    /// <summary>Every permission, for registering policies and for the tests that enumerate them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ByRole[Admin].Distinct()];

    /// <summary>False for an unknown role.</summary>
    public static bool Allows(string role, string permission) =>
        ByRole.TryGetValue(role, out var permissions) && permissions.Contains(permission);
}
