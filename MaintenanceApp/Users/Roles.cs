namespace MaintenanceApp.Users;

/// <summary>The 14 roles of the system this replaces, by their stored names.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Director = "director";
    public const string Supervisor = "supervisor";
    public const string Coordinator = "coordinator";
    public const string Planner = "planner";
    public const string SeniorTechnician = "senior_technician";
    public const string Technician = "technician";
    public const string TeamLeader = "team_leader";
    public const string FurnaceOperator = "furnace_operator";
    public const string Operator = "operator";
    public const string SafetyOfficer = "safety_officer";
    public const string QualityInspector = "quality_inspector";
    public const string Storekeeper = "storekeeper";
    public const string Viewer = "viewer";

    /// <summary>Every role, in the order of responsibility; the seed of the table <c>roles</c>.</summary>
    public static IReadOnlyList<Role> All { get; } =
    [
        new(Admin, "Administrateur", "Administrator"),
        new(Director, "Directeur général", "Executive director"),
        new(Supervisor, "Superviseur", "Supervisor"),
        new(Coordinator, "Coordonnateur maintenance", "Maintenance coordinator"),
        new(Planner, "Planificateur maintenance", "Maintenance planner"),
        new(SeniorTechnician, "Technicien senior", "Senior technician"),
        new(Technician, "Technicien", "Technician"),
        new(TeamLeader, "Chef d’équipe production", "Production team leader"),
        new(FurnaceOperator, "Opérateur four", "Furnace operator"),
        new(Operator, "Opérateur", "Operator"),
        new(SafetyOfficer, "Agent santé et sécurité", "Health and safety officer"),
        new(QualityInspector, "Inspecteur qualité", "Quality inspector"),
        new(Storekeeper, "Magasinier", "Storekeeper"),
        new(Viewer, "Lecture seule", "Read only"),
    ];

    public static bool Exists(string? name) => All.Any(role => role.Name == name);
}

/// <summary>A role as stored in the table <c>roles</c>; what it allows is in <see cref="Permissions"/>.</summary>
public sealed record Role(string Name, string DisplayNameFr, string DisplayNameEn)
{
    public string DisplayName(System.Globalization.CultureInfo culture) =>
        culture.TwoLetterISOLanguageName == "en" ? DisplayNameEn : DisplayNameFr;
}
