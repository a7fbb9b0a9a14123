using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace MaintenanceApp.Tests.Support;

/// <summary>One call of a route: its status and its JSON (an empty object when there is no body).</summary>
public sealed record JsonAnswer(int Status, JsonObject Json, HttpResponseMessage Response)
{
    public string? Error => (string?)Json["error"];
}

/// <summary>Calls of routes as a program makes them.</summary>
public static class JsonCalls
{
    /// <param name="client">Signed in or not.</param>
    /// <param name="method">Any.</param>
    /// <param name="path">With the query.</param>
    /// <param name="body">Null = no body; a string is sent as it is; anything else as JSON.</param>
    public static async Task<JsonAnswer> SendAsync(this HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body switch
            {
                null => null,
                string text => new StringContent(text, Encoding.UTF8, "application/json"),
                byte[] bytes => new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } },
                _ => JsonContent.Create(body),
            },
        };
        var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return new JsonAnswer((int)response.StatusCode, answer.Length == 0 ? [] : JsonNode.Parse(answer)!.AsObject(), response);
    }

    public static Task<JsonAnswer> Get(this HttpClient client, string path) => SendAsync(client, HttpMethod.Get, path);

    public static Task<JsonAnswer> Post(this HttpClient client, string path, object? body) => SendAsync(client, HttpMethod.Post, path, body);

    public static Task<JsonAnswer> Put(this HttpClient client, string path, object? body) => SendAsync(client, HttpMethod.Put, path, body);

    public static Task<JsonAnswer> Patch(this HttpClient client, string path, object? body) => SendAsync(client, HttpMethod.Patch, path, body);

    public static Task<JsonAnswer> Delete(this HttpClient client, string path) => SendAsync(client, HttpMethod.Delete, path);
}
