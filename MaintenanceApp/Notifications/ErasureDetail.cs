namespace MaintenanceApp.Notifications;

/// <summary><see cref="AdminNotice.Detail"/> of a notice about tickets that were deleted for good: <c>IGP-FOUR-20261122-017 · Anne Roy</c>.</summary>
/// <param name="Number">Of the ticket, or the last one given among several.</param>
/// <param name="Who">The account's name at the time.</param>
public sealed record ErasureDetail(string Number, string Who)
{
    private const string Separator = " · ";

    /// <summary>What cannot be read is blank.</summary>
    public static ErasureDetail Parse(string? text)
    {
        var parts = (text ?? "").Split(Separator, 2);
        return new(parts[0], parts.Length == 2 ? parts[1] : "");
    }

    /// <summary>What <see cref="Parse"/> reads back.</summary>
    public override string ToString() => Number + Separator + Who;
}
