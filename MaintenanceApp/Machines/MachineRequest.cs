using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;

namespace MaintenanceApp.Machines;

/// <summary>What a person types about a machine, new or known.</summary>
public sealed class MachineRequest
{
    [Required(ErrorMessage = "Type de machine requis")]
    [StringLength(Machine.NameMaxLength, ErrorMessage = "Le type doit avoir au plus {1} caractères")]
    public string? MachineType { get; set => field = TypedText.OneLine(value); }

    [Required(ErrorMessage = "Modèle requis")]
    [StringLength(Machine.NameMaxLength, ErrorMessage = "Le modèle doit avoir au plus {1} caractères")]
    public string? Model { get; set => field = TypedText.OneLine(value); }

    /// <summary>Unique when set.</summary>
    [StringLength(Machine.NameMaxLength, ErrorMessage = "Le numéro de série doit avoir au plus {1} caractères")]
    public string? SerialNumber { get; set => field = TypedText.OneLine(value); }

    [StringLength(Machine.NameMaxLength, ErrorMessage = "L’emplacement doit avoir au plus {1} caractères")]
    public string? Location { get; set => field = TypedText.OneLine(value); }

    [EnumDataType(typeof(MachineStatus), ErrorMessage = "État inconnu")]
    public MachineStatus Status { get; set; } = MachineStatus.Operational;
}
