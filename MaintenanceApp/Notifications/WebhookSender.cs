using System.Buffers;
using System.Text;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>Posts one request and turns every way it can end into an <see cref="AttemptResult"/>; never throws.</summary>
public sealed class WebhookSender(IHttpClientFactory clients, IOptionsMonitor<NotifierOptions> options, TimeProvider clock)
{
    public const string ClientName = "webhook";

    private const int MaxResponseBytes = 64 * 1024;
    private const int MaxHeaderCharacters = 8 * 1024;

    private readonly PaceGate wire = new(clock);

    /// <summary>Not cancellable from outside: a post that has started is finished or times out, so that its end is known.</summary>
    public async Task<AttemptResult> SendAsync(WebhookRequest request)
    {
        var settings = options.CurrentValue;
        var started = clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(settings.RequestTimeout, clock);
        using var content = new PacedContent(request.Body, wire, settings.SendInterval);
        HttpResponseMessage? response = null;
        try
        {
            using var message = request.ToMessage(content);
            using var client = clients.CreateClient(ClientName);

            // One deadline over headers and body: HttpClient.Timeout stops counting at the headers.
            response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            var body = await ReadBodyAsync(response, deadline.Token);
            return Answered(response, body, clock.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // An answer whose body stalls is still an answer: its status decides.
            return response is not null
                ? Answered(response, null, clock.GetElapsedTime(started))
                : new(AttemptOutcome.Timeout, clock.GetElapsedTime(started), $"Aucune réponse en {settings.RequestTimeout.TotalSeconds:0.#} s", BytesSent: content.Left);
        }
#pragma warning disable CA1031 // Every failure becomes data; the dispatcher decides what it means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return response is not null
                ? Answered(response, null, clock.GetElapsedTime(started))
                : Failed(exception, settings, content.Left, clock.GetElapsedTime(started));
        }
        finally
        {
            response?.Dispose();
        }
    }

    private AttemptResult Answered(HttpResponseMessage response, string? body, TimeSpan duration)
    {
        var status = (int)response.StatusCode;
        var outcome = AttemptResult.OutcomeOf(status);
        return new(
            outcome,
            duration,
            outcome == AttemptOutcome.Accepted ? null : $"HTTP {status} {response.ReasonPhrase}".TrimEnd(),
            status,
            HeaderLines(response),
            body,
            RetryAfter(response),
            BytesSent: true);
    }

    private static AttemptResult Failed(Exception exception, NotifierOptions settings, bool bytesSent, TimeSpan duration) => exception switch
    {
        // SocketsHttpHandler reports its connect timeout as a cancellation nobody asked for.
        OperationCanceledException => new(AttemptOutcome.Connect, duration, $"Connexion impossible en {settings.ConnectTimeout.TotalSeconds:0.#} s", BytesSent: bytesSent),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            new(AttemptOutcome.Dns, duration, "Nom d’hôte introuvable (DNS)"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } http =>
            new(AttemptOutcome.Tls, duration, "Connexion TLS refusée : " + Innermost(http)),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } http when !bytesSent =>
            new(AttemptOutcome.Connect, duration, "Connexion impossible : " + Innermost(http)),
        _ => new(AttemptOutcome.Reset, duration, "Connexion interrompue : " + Innermost(exception), BytesSent: bytesSent),
    };

    private static string Innermost(Exception exception) => exception.GetBaseException().Message;

    /// <summary>Seconds or a date (RFC 9110 §10.2.3); capped, never negative.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var asked = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        return asked is { Ticks: > 0 } wait ? (wait > RetrySchedule.LongestHold ? RetrySchedule.LongestHold : wait) : null;
    }

    private static string HeaderLines(HttpResponseMessage response)
    {
        var lines = new StringBuilder();
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            var shown = name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) ? "••••••••" : values.ToString();
            lines.Append(name).Append(": ").Append(shown).Append('\n');
            if (lines.Length > MaxHeaderCharacters)
            {
                lines.Length = MaxHeaderCharacters;
                break;
            }
        }

        return StoredText.Clean(lines.ToString());
    }

    private static async Task<string> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxResponseBytes);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(buffer.AsMemory(0, MaxResponseBytes), MaxResponseBytes, throwOnEndOfStream: false, cancellationToken);
            return StoredText.Cut(StoredText.Clean(Encoding.UTF8.GetString(buffer, 0, length)), WebhookNotification.ResponseBodyMaxLength);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
