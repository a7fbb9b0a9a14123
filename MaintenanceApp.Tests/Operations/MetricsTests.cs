using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Tests.Operations;

public sealed class MetricsTests
{
    [Fact]
    public async Task The_figures_equal_the_database()
    {
        await using var scene = await NotifierScene.CreateAsync();
        using var figures = new Figures(scene.Host.Service<IMeterFactory>());
        var now = scene.Clock.Now;
        await scene.Given.OverdueTicket(ticketId: "IGP-BON-1");
        await scene.Given.OverdueTicket(ticketId: "IGP-PANNE-1");
        await scene.Given.OverdueTicket(ticketId: "IGP-MORT-1");
        await scene.Given.Ticket(assignedTo: 0, scheduled: now.AddHours(-1), snoozedUntil: now.AddDays(1));
        await scene.Given.Ticket(assignedTo: null, scheduled: now.AddHours(23));
        await scene.Given.Ticket(assignedTo: null, scheduled: now.AddHours(25));
        await scene.Given.Ticket(TicketStatus.InProgress, assignedTo: 0, scheduled: now.AddHours(1));
        scene.Receiver.AnswerFor("IGP-PANNE-1", new Reply(503));
        scene.Receiver.AnswerFor("IGP-MORT-1", new Reply(400), new Reply(400), new Reply(400));
        await scene.ScanAsync();
        await scene.Given.OverdueTicket();

        await scene.Host.Service<NotifierSampler>().SampleAsync(CancellationToken.None);
        var read = figures.Read();

        read["scans result=finished"].ShouldBe(1);
        read["scan.duration result=finished"].ShouldBe(1, "one measurement");
        read["scan.last_success"].ShouldBe(new DateTimeOffset(now).ToUnixTimeMilliseconds() / 1000d);
        (read["attempts outcome=accepted"], read["attempts outcome=server_error"], read["attempts outcome=rejected"]).ShouldBe((1d, 1d, 1d));
        read["attempt.duration outcome=accepted"].ShouldBe(1);
        read["notifications outcome=delivered"].ShouldBe(1);
        (read["tickets.due"], read["tickets.eligible"], read["tickets.at_risk"]).ShouldBe((5d, 1d, 1d));
        (read["tickets.suppressed reason=waiting"], read["tickets.suppressed reason=sent_recently"], read["tickets.suppressed reason=snoozed"]).ShouldBe((2d, 1d, 1d));
        (read["queue.depth state=pending"], read["queue.depth state=sending"], read["breaker.state"]).ShouldBe((2d, 0d, 0d));
        read["queue.oldest_age"].ShouldBe(0);
        var attempts = await scene.AttemptsAsync();
        read.Where(figure => figure.Key.StartsWith("attempts outcome=", StringComparison.Ordinal)).Sum(figure => figure.Value).ShouldBe(attempts.Count);

        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        await scene.RetryAsync();
        await scene.Host.Service<NotifierSampler>().SampleAsync(CancellationToken.None);
        var delivered = (await scene.NotificationsAsync()).Count(row => row.Status == NotificationStatus.Delivered);
        read = await figures.ReadWhenAsync("notifications outcome=delivered", delivered);
        read["queue.depth state=pending"].ShouldBe(1);
        read["queue.oldest_age"].ShouldBe((scene.Clock.Now - now).TotalSeconds, 0.01);
    }

    [Fact]
    public async Task Otlp_is_exported_when_its_endpoint_is_set()
    {
        await using var collector = await WebhookReceiver.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        var root = new Uri(collector.Url).GetLeftPart(UriPartial.Authority);
        await using (var host = new AppHost(database, null, new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = root,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["Webhook:Url"] = "",
        }))
        {
            host.Service<NotifierMeter>().ScanEnded(true, TimeSpan.FromMilliseconds(12));
        }

        // Stopping sends what is left.
        var posts = await collector.WaitForAsync(1);
        posts.ShouldContain(post => post.Method == "POST" && post.Path == "/v1/metrics"
            && Encoding.UTF8.GetString(post.Body).Contains("MaintenanceApp.Notifier", StringComparison.Ordinal)
            && Encoding.UTF8.GetString(post.Body).Contains("maintenance.notifier.scans", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_trace_leads_from_the_scan_to_the_attempt_and_keeps_the_URL_to_itself()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MaintenanceApp.Notifier",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var scene = await NotifierScene.CreateAsync();
        await scene.Given.OverdueTicket(ticketId: "IGP-TRACE-1");
        var summary = await scene.ScanAsync();

        // Other tests scan at the same time: ours is known by its run.
        var scan = ended.Single(activity => summary.RunId.Equals(activity.GetTagItem("maintenance.run.id")));
        var row = (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        row.TraceParent.ShouldBe(scan.Id);
        var attempt = ended.Single(activity => activity.TraceId == scan.TraceId && activity.Kind == ActivityKind.Client);
        (attempt.ParentSpanId, attempt.GetTagItem("http.response.status_code"), attempt.GetTagItem("server.address")).ShouldBe((scan.SpanId, 200, "127.0.0.1"));
        attempt.TagObjects.ShouldAllBe(tag => !$"{tag.Value}".Contains(new Uri(scene.Receiver.Url).AbsolutePath));
        scene.Receiver.Arrivals.ShouldAllBe(post => !post.Headers.ContainsKey("traceparent"), "nothing about our traces leaves the plant");
    }

    [Fact]
    public async Task Prometheus_fetches_the_figures_with_the_secret_and_nobody_without()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var off = new AppHost(database))
        {
            using var nobody = off.CreateAnonymousClient();
            (await nobody.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        }

        await using var host = new AppHost(database, null, new Dictionary<string, string?> { ["Metrics:Secret"] = "tres-secret" });
        using var client = host.CreateAnonymousClient();
        host.Service<NotifierMeter>().ScanEnded(true, TimeSpan.FromMilliseconds(12));
        (await client.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "tres-secret");
        (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).ShouldContain("maintenance_notifier_scans");
    }

    /// <summary>Adds up what the meter of one host says; histograms count their measurements. Names without the common beginning.</summary>
    private sealed class Figures : IDisposable
    {
        private const string Beginning = "maintenance.notifier.";
        private readonly MeterListener listener = new();
        private readonly ConcurrentDictionary<string, double> values = new();

        public Figures(IMeterFactory factory)
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == NotifierMeter.Name && instrument.Meter.Scope == factory)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            listener.Start();
        }

        public ConcurrentDictionary<string, double> Read()
        {
            listener.RecordObservableInstruments();
            return values;
        }

        /// <summary>What happened is counted right after it is committed: a reader of the database may be faster.</summary>
        /// <exception cref="TimeoutException">The figure is another one after 10 s.</exception>
        public async Task<ConcurrentDictionary<string, double>> ReadWhenAsync(string figure, double value)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (Math.Abs(Read().GetValueOrDefault(figure) - value) > 0.5)
            {
                if (limit.IsCancellationRequested)
                {
                    throw new TimeoutException($"{figure} is {values.GetValueOrDefault(figure)} and not {value}.");
                }

                await tick.WaitForNextTickAsync(CancellationToken.None);
            }

            return values;
        }

        public void Dispose() => listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var key = string.Join(' ', [instrument.Name[Beginning.Length..], .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);
            if (instrument.IsObservable)
            {
                values[key] = value;
            }
            else
            {
                values.AddOrUpdate(key, _ => instrument is Histogram<double> ? 1 : value, (_, sum) => sum + (instrument is Histogram<double> ? 1 : value));
            }
        }
    }
}
