using System.Globalization;
using MaintenanceApp.Data;

namespace MaintenanceApp.Notifications;

/// <summary>
/// <see cref="AdminNotice.Detail"/> of a notice about the receiver: where, and how the attempt ended. Kept as codes
/// (<c>https://host/•••• · server_error 503</c>), so that every screen says it in its own language.
/// </summary>
/// <param name="Where">The masked URL.</param>
/// <param name="Outcome">Null where it does not matter.</param>
/// <param name="Status">The HTTP status; null without an answer.</param>
public sealed record NoticeDetail(string Where, AttemptOutcome? Outcome = null, int? Status = null)
{
    private const string Separator = " · ";

    /// <summary>What cannot be read is left out.</summary>
    public static NoticeDetail Parse(string? text)
    {
        var parts = (text ?? "").Split(Separator, 2);
        var words = parts.Length == 2 ? parts[1].Split(' ') : [];
        return new(
            parts[0],
            words.Length > 0 && Snake.TryParse<AttemptOutcome>(words[0], out var outcome) ? outcome : null,
            words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null);
    }

    /// <summary>What <see cref="Parse"/> reads back.</summary>
    public override string ToString() =>
        Outcome is not { } outcome ? Where : Where + Separator + Snake.Of(outcome) + (Status is { } status ? $" {status.ToString(CultureInfo.InvariantCulture)}" : "");
}
