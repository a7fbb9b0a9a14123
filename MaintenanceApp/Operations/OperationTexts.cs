namespace MaintenanceApp.Operations;

/// <summary>Texts of the operations page: OperationTexts.resx (French) and OperationTexts.en.resx.</summary>
public sealed class OperationTexts;
