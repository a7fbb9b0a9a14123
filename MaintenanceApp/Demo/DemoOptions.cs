namespace MaintenanceApp.Demo;

/// <summary>Section <c>Demo</c>: a factory to look at, and its accounts to enter by a click. On only in Development by default.</summary>
public sealed class DemoOptions
{
    public bool Enabled { get; set; }
}
