using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Components;

/// <summary>
/// What <see cref="DayField"/> and <see cref="TimeField"/> share: a text box that reads what is typed, shows it in the
/// site's form when it is left, and keeps the text with a sentence when it cannot be read.
/// </summary>
public abstract class TypedField : AppComponent
{
    private readonly string fallbackId = $"typed-{Guid.NewGuid():N}";
    private string? shownFor;

    /// <summary>The invariant form (<c>yyyy-MM-dd</c>, <c>HH:mm</c>), blank for none. What cannot be read is shown as it is.</summary>
    [Parameter, EditorRequired]
    public required string? Value { get; set; }

    /// <summary>With every key: the invariant form, blank, or the text itself while it cannot be read, so that a form never holds an older value.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>After a choice, or when the field is left: the invariant form or blank, never what cannot be read. For pages that act at once.</summary>
    [Parameter]
    public EventCallback<string> Chosen { get; set; }

    /// <summary>For the label; without one give <c>aria-label</c>.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>Ids of what explains the field; its own error is added.</summary>
    [Parameter]
    public string? DescribedBy { get; set; }

    /// <summary>The page has something against the value; the page says what.</summary>
    [Parameter]
    public bool IsInvalid { get; set; }

    /// <summary>For the text box: <c>name</c>, <c>data-key</c>, <c>aria-label</c>, <c>autofocus</c>…</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    protected ElementReference Input { get; set; }

    protected string Text { get; private set; } = "";

    protected bool HasProblem { get; private set; }

    protected string ErrorId => $"{Id ?? fallbackId}-unread";

    protected string? Described => string.Join(' ', new[] { HasProblem ? ErrorId : null, DescribedBy }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

    protected string? Invalid => HasProblem || IsInvalid ? "true" : null;

    public ValueTask FocusAsync() => Input.FocusAsync();

    /// <summary>The invariant form; null for what cannot be read.</summary>
    protected abstract string? Read(string text);

    /// <summary>The invariant form as the site shows it.</summary>
    protected abstract string Show(string value);

    protected override void OnParametersSet()
    {
        if (shownFor == (Value ?? ""))
        {
            return;
        }

        shownFor = Value ?? "";
        var value = Meaning(shownFor);
        (Text, HasProblem) = (value is null ? shownFor : Shown(value), value is null);
    }

    protected Task TypeAsync(string? text)
    {
        Text = text ?? "";
        var value = Meaning(Text);

        // Nobody is told about a half-typed date; who was told sees it go away as soon as it is right.
        HasProblem = HasProblem && value is null;
        return SetAsync(value ?? Text);
    }

    protected async Task LeaveAsync(string? text)
    {
        Text = text ?? "";
        var value = Meaning(Text);
        HasProblem = value is null;
        Text = value is null ? Text : Shown(value);
        await SetAsync(value ?? Text);
        if (value is not null)
        {
            await Chosen.InvokeAsync(value);
        }
    }

    private string? Meaning(string text) => string.IsNullOrWhiteSpace(text) ? "" : Read(text);

    private string Shown(string value) => value.Length == 0 ? "" : Show(value);

    private Task SetAsync(string value)
    {
        shownFor = ValueChanged.HasDelegate ? value : shownFor;
        return ValueChanged.InvokeAsync(value);
    }
}
