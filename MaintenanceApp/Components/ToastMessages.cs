namespace MaintenanceApp.Components;

/// <summary>One sentence in the past tense, with what takes it back.</summary>
/// <param name="Sentence">Already in the language of the screen.</param>
/// <param name="Undo">Offered as « Annuler » where there is one.</param>
/// <param name="Href">Offered as « Ouvrir » where there is one.</param>
public sealed record ToastMessage(string Sentence, Func<Task>? Undo, string? Href = null);

/// <summary>What was just done, said at the foot of the page for ten seconds. One per circuit; the newest replaces the last.</summary>
public sealed class ToastMessages
{
    public event Action? Changed;

    public ToastMessage? Current { get; private set; }

    /// <param name="sentence">« Billet assigné à Martin Tremblay ».</param>
    /// <param name="undo">Takes it back; the toast then goes away by itself.</param>
    /// <param name="href">The address of what was made.</param>
    public void Show(string sentence, Func<Task>? undo = null, string? href = null)
    {
        Current = new ToastMessage(sentence, undo, href);
        Changed?.Invoke();
    }

    public void Dismiss()
    {
        Current = null;
        Changed?.Invoke();
    }
}
