using System.Globalization;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>Posts one request and turns every way it can end into an <see cref="AttemptResult"/>; never throws.</summary>
public sealed class WebhookSender(OutgoingConnections connections, IOptionsMonitor<NotifierOptions> options, TimeProvider clock)
{
    private readonly PaceGate wire = new(clock);

    /// <summary>A post that has left is finished or times out, so that its end is known.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="lastLook">Asked when the connection stands and the turn has come, before the first byte.</param>
    /// <param name="stopping">Gives up a post that has not left yet.</param>
    public async Task<AttemptResult> SendAsync(
        WebhookRequest request, Func<CancellationToken, Task<SendRefusal?>>? lastLook = null, CancellationToken stopping = default)
    {
        var settings = options.CurrentValue;
        var trace = new AttemptTrace(clock);

        // One deadline over headers and body together.
        using var deadline = new CancellationTokenSource(settings.RequestTimeout, clock);
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        using var content = new PacedContent(request.Body, wire, settings.SendInterval, trace, lastLook);
        await using var stop = stopping.Register(() =>
        {
            if (content.TryAbandon(SendRefusal.NotNow))
            {
                givenUp.Cancel();
            }
        });
        try
        {
            using var client = connections.CreateClient(trace);
            using var message = request.ToMessage(content);
            using var response = await client.SendAsync(message, givenUp.Token);
            trace.Enter(AttemptPhase.Answered);

            // An answer whose body stalls or breaks is still an answer: its status decides.
            var body = await ResponseText.BodyAsync(response, deadline.Token);
            return Of(trace, AttemptResult.OutcomeOf((int)response.StatusCode)) with
            {
                Error = response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd(),
                Status = (int)response.StatusCode,
                Headers = ResponseText.Headers(response),
                Body = body,
                RetryAfter = RetryAfter(response),
                BytesSent = true,
            };
        }
#pragma warning disable CA1031 // Every failure becomes data; the dispatcher decides what it means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (content.Refusal is { } refusal)
            {
                return Of(trace, AttemptOutcome.Cancelled) with { Error = Said(AttemptErrorCode.StoppedBeforeSend), Refusal = refusal };
            }

            var (outcome, error) = deadline.IsCancellationRequested
                ? (AttemptOutcome.Timeout, Said(AttemptErrorCode.NoAnswer, Seconds(settings.RequestTimeout)))
                : Failed(exception, trace.Phase, settings);
            return Of(trace, outcome) with { Error = error, BytesSent = content.Left };
        }
    }

    private static AttemptResult Of(AttemptTrace trace, AttemptOutcome outcome) =>
        new(outcome, trace.Elapsed) { RemoteAddress = trace.RemoteAddress, Phases = trace.Phases };

    private static (AttemptOutcome Outcome, string Error) Failed(Exception exception, AttemptPhase phase, NotifierOptions settings)
    {
        var cause = exception.GetBaseException();
        var limit = Seconds(settings.ConnectTimeout);
        return (cause, phase) switch
        {
            (BlockedAddressException, _) => (AttemptOutcome.BlockedAddress, Said(AttemptErrorCode.InnerAddress, cause.Message)),
            (OperationCanceledException or TimeoutException, AttemptPhase.Dns) => (AttemptOutcome.Dns, Said(AttemptErrorCode.DnsTimeout, limit)),
            (OperationCanceledException or TimeoutException, AttemptPhase.Connect) => (AttemptOutcome.Connect, Said(AttemptErrorCode.ConnectTimeout, limit)),
            (OperationCanceledException or TimeoutException, AttemptPhase.Tls) => (AttemptOutcome.Timeout, Said(AttemptErrorCode.TlsTimeout, limit)),
            (AuthenticationException, _) => (AttemptOutcome.Tls, Said(AttemptErrorCode.TlsRefused, cause.Message)),
            (_, AttemptPhase.Dns) => (AttemptOutcome.Dns, Said(AttemptErrorCode.DnsFailed, cause.Message)),
            (_, AttemptPhase.Connect) => (AttemptOutcome.Connect, Said(AttemptErrorCode.ConnectFailed, cause.Message)),
            (_, AttemptPhase.Tls) when Has<AuthenticationException>(exception) && cause is not IOException and not System.Net.Sockets.SocketException =>
                (AttemptOutcome.Tls, Said(AttemptErrorCode.TlsRefused, cause.Message)),
            _ => (AttemptOutcome.Reset, Said(AttemptErrorCode.ConnectionBroken, cause.Message)),
        };
    }

    private static string Said(AttemptErrorCode code, string? value = null) => new AttemptError(code, value).ToString();

    private static string Seconds(TimeSpan limit) => limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    private static bool Has<T>(Exception? exception)
        where T : Exception => exception is T || (exception is not null && Has<T>(exception.InnerException));

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? RetryAfterHeader.Parse(values, clock.GetUtcNow()) : null;
}
