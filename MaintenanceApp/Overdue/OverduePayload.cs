using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;

namespace MaintenanceApp.Overdue;

/// <summary>
/// The body of the post: 15 flat keys in this order, as today's Pabbly workflow maps them. New keys may only be added
/// after them; none is renamed.
/// </summary>
public sealed partial record OverduePayload(
    [property: JsonPropertyName("ticket_id"), JsonPropertyOrder(1)] string TicketId,
    [property: JsonPropertyName("title"), JsonPropertyOrder(2)] string Title,
    [property: JsonPropertyName("description"), JsonPropertyOrder(3)] string Description,
    [property: JsonPropertyName("priority"), JsonPropertyOrder(4)] string Priority,
    [property: JsonPropertyName("status"), JsonPropertyOrder(5)] string Status,
    [property: JsonPropertyName("machine"), JsonPropertyOrder(6)] string Machine,
    [property: JsonPropertyName("scheduled_date"), JsonPropertyOrder(7)] string? ScheduledDate,
    [property: JsonPropertyName("assigned_to"), JsonPropertyOrder(8)] string AssignedTo,
    [property: JsonPropertyName("reporter"), JsonPropertyOrder(9)] string Reporter,
    [property: JsonPropertyName("created_at"), JsonPropertyOrder(10)] string CreatedAt,
    [property: JsonPropertyName("overdue_days"), JsonPropertyOrder(11)] int OverdueDays,
    [property: JsonPropertyName("overdue_hours"), JsonPropertyOrder(12)] int OverdueHours,
    [property: JsonPropertyName("overdue_minutes"), JsonPropertyOrder(13)] int OverdueMinutes,
    [property: JsonPropertyName("overdue_text"), JsonPropertyOrder(14)] string OverdueText,
    [property: JsonPropertyName("notification_sent_at"), JsonPropertyOrder(15)] string NotificationSentAt)
{
    /// <summary>Only in a test of the endpoint, after the 15 keys.</summary>
    [JsonPropertyName("test"), JsonPropertyOrder(16), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTest { get; init; }

    private const string Unknown = "N/A";

    // As JavaScript's JSON.stringify wrote it until now: accents and emoji as they are, not escaped.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static OverduePayload Of(OverdueTicket ticket, DateTime now)
    {
        var late = OverdueTime.Between(ticket.ScheduledDate ?? now, now);
        return new(
            ticket.TicketId,
            ticket.Title,
            ticket.Description,
            Snake.Of(ticket.Priority),
            Snake.Of(ticket.Status),
            ticket.MachineType is null ? Unknown : $"{ticket.MachineType} {ticket.MachineModel}",
            Text.Of(ticket.ScheduledDate),
            AssigneeOf(ticket),
            ticket.ReporterName ?? ticket.ReporterAccount ?? Unknown,
            Text.Of((DateTime?)ticket.CreatedAt)!,
            late.Days,
            late.Hours,
            late.Minutes,
            late.ToString(),
            IsoMilliseconds(now));
    }

    /// <summary>All 15 keys with values that nobody takes for a ticket, and <c>"test": true</c> after them: for mapping them at the receiver.</summary>
    public static OverduePayload Sample(DateTime now)
    {
        var scheduled = now - new TimeSpan(2, 9, 26, 0);
        var late = OverdueTime.Between(scheduled, now);
        return new(
            "ESSAI-0000",
            "Essai de notification",
            "Ceci est un essai envoyé depuis la page Réglages : aucun billet n’est en retard.",
            Snake.Of(TicketPriority.Medium),
            Snake.Of(TicketStatus.Received),
            "Machine d’essai",
            Text.Of((DateTime?)scheduled),
            "Personne d’essai",
            "Demandeur d’essai",
            Text.Of((DateTime?)scheduled.AddDays(-1))!,
            late.Days,
            late.Hours,
            late.Minutes,
            late.ToString(),
            IsoMilliseconds(now))
        { IsTest = true };
    }

    /// <summary>UTF-8, the bytes JavaScript's JSON.stringify would give.</summary>
    public byte[] ToJson() => Encoding.UTF8.GetBytes(Escape().Replace(JsonSerializer.Serialize(this, Json), escape =>
        escape.Groups["pair"] is { Success: true, ValueSpan: var pair }
            ? string.Create(2, (High: CodeUnit(pair[..4]), Low: CodeUnit(pair[6..])), (text, units) => (text[0], text[1]) = units)
            : escape.Value));

    /// <summary>ISO 8601 with milliseconds and Z, as JavaScript's toISOString.</summary>
    public static string IsoMilliseconds(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static char CodeUnit(ReadOnlySpan<char> hex) => (char)ushort.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // The relaxed encoder still escapes emoji, as two code units. Every escape is matched, so that an escaped backslash is not taken for the start of one.
    [GeneratedRegex(@"\\(?:u(?<pair>D[89AB][0-9A-F]{2}\\uD[C-F][0-9A-F]{2})|.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    private static string AssigneeOf(OverdueTicket ticket) => ticket.AssignedTo switch
    {
        null => Unknown,
        User.TeamId => "Équipe complète",
        { } id => ticket.AssigneeAccount ?? ticket.AssigneeName ?? $"Technicien #{id.ToString(CultureInfo.InvariantCulture)}",
    };
}
