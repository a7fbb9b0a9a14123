using MaintenanceApp.Data;

namespace MaintenanceApp.Notifications;

/// <summary>What kept an attempt from an answer. Stored as snake_case text.</summary>
public enum AttemptErrorCode
{
    /// <summary>Given up before a byte left.</summary>
    StoppedBeforeSend,

    /// <summary>The value is the limit in seconds, as for the other timeouts.</summary>
    NoAnswer,
    DnsTimeout,
    ConnectTimeout,
    TlsTimeout,

    /// <summary>The value is the name and the address inside, or the scheme that is not allowed.</summary>
    InnerAddress,

    /// <summary>The value is the system's own message, in its own language, as for those below.</summary>
    TlsRefused,
    DnsFailed,
    ConnectFailed,
    ConnectionBroken,
}

/// <summary>
/// <see cref="WebhookAttempt.Error"/> where there was no answer, and <see cref="WebhookNotification.ResponseBody"/> in its
/// place: a code and its value (<c>connect_failed: Connection refused</c>), so that every screen says it in its own
/// language. Sentences that older versions stored are read back into the same codes.
/// </summary>
/// <param name="Code">What happened.</param>
/// <param name="Value">A limit in seconds or a message; null where there is none.</param>
public sealed record AttemptError(AttemptErrorCode Code, string? Value = null)
{
    private const string Separator = ": ";

    private const string Placeholder = "{0}";

    /// <summary>The default language of errors. The value is in the place of the mark.</summary>
    public string French => Sentence(Code).Replace(Placeholder, Value, StringComparison.Ordinal);

    /// <summary>Null: not an error of ours, to be shown as it is (<c>HTTP 503 Service Unavailable</c>).</summary>
    public static AttemptError? Parse(string? stored)
    {
        if (stored is null)
        {
            return null;
        }

        var parts = stored.Split(Separator, 2);
        return Snake.TryParse<AttemptErrorCode>(parts[0], out var code)
            ? new(code, parts.Length == 2 ? parts[1] : null)
            : Enum.GetValues<AttemptErrorCode>().Select(known => FromSentence(known, stored)).FirstOrDefault(found => found is not null);
    }

    /// <summary>For routes: the sentence of a code, anything else as it is.</summary>
    public static string? InFrench(string? stored) => Parse(stored)?.French ?? stored;

    /// <summary>What <see cref="Parse"/> reads back.</summary>
    public override string ToString() => Value is null ? Snake.Of(Code) : Snake.Of(Code) + Separator + Value;

    private static AttemptError? FromSentence(AttemptErrorCode code, string stored) => Sentence(code).Split(Placeholder) switch
    {
        [var whole] => stored == whole ? new(code) : null,
        [var before, var after] when stored.Length > before.Length + after.Length && stored.StartsWith(before, StringComparison.Ordinal) && stored.EndsWith(after, StringComparison.Ordinal) =>
            new(code, stored[before.Length..^after.Length]),
        _ => null,
    };

    private static string Sentence(AttemptErrorCode code) => code switch
    {
        AttemptErrorCode.StoppedBeforeSend => "Interrompu avant l’envoi",
        AttemptErrorCode.NoAnswer => "Aucune réponse en {0} s",
        AttemptErrorCode.DnsTimeout => "Nom d’hôte non résolu en {0} s",
        AttemptErrorCode.ConnectTimeout => "Connexion impossible en {0} s",
        AttemptErrorCode.TlsTimeout => "Négociation TLS sans réponse en {0} s",
        AttemptErrorCode.InnerAddress => "Adresse interne refusée : {0}",
        AttemptErrorCode.TlsRefused => "Connexion TLS refusée : {0}",
        AttemptErrorCode.DnsFailed => "Nom d’hôte introuvable : {0}",
        AttemptErrorCode.ConnectFailed => "Connexion impossible : {0}",
        AttemptErrorCode.ConnectionBroken => "Connexion interrompue : {0}",
    };
}
