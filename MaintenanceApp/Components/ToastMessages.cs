namespace MaintenanceApp.Components;

/// <summary>One sentence in the past tense, with what takes it back. The same words said twice are two messages.</summary>
/// <param name="sentence">Already in the language of the screen.</param>
/// <param name="undo">Offered as « Annuler » where there is one.</param>
/// <param name="href">Offered as « Ouvrir » where there is one.</param>
public sealed class ToastMessage(string sentence, Func<Task>? undo, string? href = null)
{
    public string Sentence { get; } = sentence;

    public Func<Task>? Undo { get; } = undo;

    public string? Href { get; } = href;
}

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

    /// <summary>Takes this one away; a newer one stays.</summary>
    public void Dismiss(ToastMessage message)
    {
        if (Current == message)
        {
            Current = null;
            Changed?.Invoke();
        }
    }
}
