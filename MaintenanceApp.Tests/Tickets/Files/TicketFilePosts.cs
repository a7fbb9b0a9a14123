using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MaintenanceApp.Tests.Tickets.Files;

/// <summary>Uploads, as a browser or a program sends them.</summary>
internal static class TicketFilePosts
{
    public static async Task<(int Status, JsonObject Json)> PostAsync(HttpClient client, string path, byte[] bytes, string type = "application/octet-stream", bool isLengthKnown = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = isLengthKnown ? new ByteArrayContent(bytes) : new StreamContent(new Unannounced(bytes)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, answer.Length == 0 ? [] : JsonNode.Parse(answer)!.AsObject());
    }

    /// <summary>A stream that does not tell its length.</summary>
    private sealed class Unannounced(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
