using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Texts and JSON that are nearly right, or not at all. The same seed gives the same texts.</summary>
internal sealed class FuzzText(Random random)
{
    private const int RarelyHuge = 4000;

    private static readonly string[] Plausible =
    [
        "1", "2", "3", "7", "0", "12", "received", "diagnostic", "in_progress", "completed", "low", "high", "critical", "operational", "admin", "technician", "true", "false",
        "mine", "none", "2025-11-10", "2025-11-10 00:00:00", "2025-11-10T08:30:00Z", "2025-11-10T08:30:00-05:00", "-created_at", "scheduled_date", "title", "delivered", "pending",
        "Bruit anormal", "Un bruit sec à froid.", "a@essai.invalid", "Essai-1234-essai", "IGP-ESSAI-0001", "/tickets", "fr-CA", "en-CA", "24h", "7d", "1,2",
    ];

    private static readonly string[] Odd =
    [
        "", " ", "null", "undefined", "NaN", "-1", "-0", "00", "+1", "1.5", "1e400", "2147483647", "2147483648", "-2147483649", "9223372036854775808", "99999999999999999999",
        "0x1F", "１２", "٣", "'; DROP TABLE tickets;--", "\" OR 1=1", "%", "_", "*", "\\", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "\u202eabc", "e\u0301",
        "\ufeff", "\u2028", "😀", "\ufffd", "\u0001", "\u001f", "\t", "\r\n", "İ", "ß", "ﬀ", "\U0010ffff", "a b", "2026-02-30", "0001-01-01", "9999-12-31T23:59:59Z",
        "2100-12-31", "2000-01-01", "-", "--title", "title,-title", ",,,,", "perdu", "received,perdu", "//ailleurs.invalid", "https://ailleurs.invalid", "javascript:1", "xx-XX",
    ];

    /// <summary>Not JSON of the expected type, or not JSON.</summary>
    private static readonly string[] OddJson =
    [
        "null", "true", "false", "0", "-1", "-0", "1.5", "1e400", "-1e-400", "99999999999999999999", "2147483648", "[]", "{}", "[1]", "[null]", "{\"a\":1}", "\"\"", "\" \"", "\"\\u0000\"",
        "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"a\\ud800b\"", "\"\\uFFFF\"", "\"\\x\"", "\"", "'a'", "NaN", "Infinity", "undefined", "01", "+1", ".5", "1.", "tru", "/* */1", "[1,]", "{\"a\":1,}", "\"\t\"",
    ];

    public string Value()
    {
        var text = random.Next(10) switch
        {
            < 4 => Pick(Plausible),
            < 8 => Pick(Odd),
            8 => Pick(Plausible) + Pick(Odd),
            _ => Noise(random.Next(60)),
        };
        return random.Next(RarelyHuge) == 0 ? new string('a', 1 << random.Next(8, 17)) : text;
    }

    /// <summary>A JSON object with the members of <paramref name="type"/>, most of them sound; sometimes anything else.</summary>
    public byte[] Body(Type? type)
    {
        if (random.Next(RarelyHuge) == 0)
        {
            return Encoding.UTF8.GetBytes($"{{\"title\":\"{new string('é', 1 << random.Next(18, 20))}\"}}");
        }

        var json = random.Next(20) switch
        {
            0 => Pick(OddJson),
            1 => Deep(random.Next(1, 5000)),
            _ => Object(type),
        };
        var bytes = Encoding.UTF8.GetBytes(json);
        switch (random.Next(25))
        {
            case 0:
                return bytes[..random.Next(bytes.Length + 1)];
            case 1 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            case 2:
                return [0xEF, 0xBB, 0xBF, .. bytes];
            default:
                return bytes;
        }
    }

    public T Pick<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

    private string Object(Type? type)
    {
        var members = new List<string>();
        foreach (var property in type?.GetProperties(BindingFlags.Instance | BindingFlags.Public) ?? [])
        {
            if (random.Next(6) > 0)
            {
                members.Add($"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}\":{Member(property)}");
            }
        }

        if (random.Next(8) == 0)
        {
            members.Add($"{JsonSerializer.Serialize(Value())}:{Pick(OddJson)}");
        }

        if (members.Count > 0 && random.Next(20) == 0)
        {
            members.Add(members[0]);
        }

        return "{" + string.Join(',', members) + "}";
    }

    private string Member(PropertyInfo property)
    {
        if (random.Next(6) == 0)
        {
            return Pick(OddJson);
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when type == typeof(int) || type == typeof(long) => random.Next(-1, 12).ToString(CultureInfo.InvariantCulture),
            _ when type == typeof(bool) => random.Next(2) == 0 ? "true" : "false",
            { IsEnum: true } => $"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(Pick(Enum.GetNames(type)))}\"",
            _ when property.Name.Contains("Date", StringComparison.Ordinal) && random.Next(3) > 0 => $"\"20{random.Next(100):00}-{random.Next(1, 13):00}-{random.Next(1, 32):00}\"",
            _ when property.Name.Contains("Email", StringComparison.Ordinal) && random.Next(3) > 0 => $"\"e{random.Next(50)}@essai.invalid\"",
            _ => random.Next(3) == 0 ? $"\"{Pick(Plausible)} {random.Next(1000)}\"" : JsonSerializer.Serialize(Value()),
        };
    }

    private string Deep(int depth) => random.Next(2) == 0
        ? new string('[', depth) + (random.Next(2) == 0 ? new string(']', depth) : "")
        : string.Concat(Enumerable.Repeat("{\"title\":", depth)) + "1" + new string('}', depth);

    private string Noise(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x80 : 0x10000)));
}
