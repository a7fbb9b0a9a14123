namespace MaintenanceApp.Machines;

/// <summary>Texts of the machine screens: MachineTexts.resx (French) and MachineTexts.en.resx.</summary>
public sealed class MachineTexts;
