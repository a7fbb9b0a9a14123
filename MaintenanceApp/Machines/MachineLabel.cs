using MaintenanceApp.Data;

namespace MaintenanceApp.Machines;

/// <summary>How screens call a machine: type and model without saying the same word twice (« Four de trempe », « Polisseuse Bavelloni »).</summary>
public static class MachineLabel
{
    /// <param name="type">Null = no machine.</param>
    /// <param name="model">May be blank.</param>
    /// <returns>Null without a machine.</returns>
    public static string? Of(string? type, string? model) => type switch
    {
        null => null,
        _ when string.IsNullOrWhiteSpace(model) => type,
        _ when SearchText.Words(model).Contains(SearchText.Fold(type)) => model.Trim(),
        _ => $"{type} {model}".Trim(),
    };
}
