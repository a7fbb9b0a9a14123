using System.Net;
using System.Text;

namespace MaintenanceApp.Tests.Support;

public sealed class WebhookReceiverTests
{
    private const string Body = "{\"ticket_id\":\"A-1\"}";

    [Fact]
    public async Task It_answers_in_the_given_order_then_200_and_keeps_what_arrived()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var client = new HttpClient();
        receiver.Answer(500, 429);
        receiver.AnswerFor("A-1", new Reply(503) { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } });

        var statuses = new List<int>();
        for (var count = 0; count < 4; count++)
        {
            using var response = await PostAsync(client, receiver);
            statuses.Add((int)response.StatusCode);
        }

        statuses.ShouldBe([503, 500, 429, 200]);
        var arrivals = await receiver.WaitForAsync(4);
        arrivals[0].Text.ShouldBe(Body);
        arrivals[0].TicketId.ShouldBe("A-1");
        arrivals[0].Headers["content-type"].ShouldStartWith("application/json");
        arrivals.Select(arrival => arrival.Timestamp).ShouldBeInOrder();
    }

    [Fact]
    public async Task It_can_hang_and_reset()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var client = new HttpClient();
        receiver.Answer(Reply.Hang);
        receiver.Answer(new Reply { HangsInBody = true });
        receiver.Answer(Reply.Reset);

        await HangsUntilGivenUpAsync(client, receiver, arrivals: 1);
        await HangsUntilGivenUpAsync(client, receiver, arrivals: 2);
        await Should.ThrowAsync<HttpRequestException>(() => PostAsync(client, receiver));
        using var answer = await PostAsync(client, receiver);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_wait_that_fails_says_what_had_arrived()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var client = new HttpClient();
        using var answer = await PostAsync(client, receiver);

        var failure = await Should.ThrowAsync<TimeoutException>(() => receiver.WaitForAsync(2, TimeSpan.FromMilliseconds(100)));

        failure.Message.ShouldContain("2 posts; 1 arrived: " + Body);
    }

    /// <summary>Given up only once it has arrived: on a busy machine that may take longer than any timeout.</summary>
    private static async Task HangsUntilGivenUpAsync(HttpClient client, WebhookReceiver receiver, int arrivals)
    {
        using var patience = new CancellationTokenSource();
        var post = PostAsync(client, receiver, patience.Token);
        await receiver.WaitForAsync(arrivals);
        post.IsCompleted.ShouldBeFalse();
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => post);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, WebhookReceiver receiver, CancellationToken cancellationToken = default) =>
        client.PostAsync(receiver.Url, new StringContent(Body, Encoding.UTF8, "application/json"), cancellationToken);
}
