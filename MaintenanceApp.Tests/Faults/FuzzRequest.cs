using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using MaintenanceApp.Hosting;
using Microsoft.AspNetCore.Routing;

namespace MaintenanceApp.Tests.Faults;

/// <summary>One generated call of a route. The same seed and number give the same call.</summary>
internal sealed partial class FuzzRequest
{
    private static readonly string[] QueryNames =
    [
        "page", "page_size", "status", "priority", "machine", "assigned_to", "overdue", "q", "sort", "dry_run", "ticket", "from", "to", "version", "culture", "returnUrl", "view", "outcome",
        "period", "trigger", "tri", "recherche", "id",
    ];

    private static readonly string[] ContentTypes =
    [
        "application/json", "application/json", "application/json", "application/json; charset=utf-8", "application/json; charset=klingon", "text/plain", "application/x-www-form-urlencoded",
        "multipart/form-data", "multipart/form-data; boundary=x", "application/problem+json", "", "/", "application/json;;;=",
    ];

    private static readonly string[] HeaderNames =
    [
        "Accept", "Accept-Language", "Accept-Encoding", "Prefer", "If-Match", "If-None-Match", "Range", "Cookie", "Origin", "Referer", "X-Forwarded-For", "X-Requested-With", "Content-Encoding",
        "Authorization", "User-Agent", "X-HTTP-Method-Override", "Expect", "traceparent", "baggage",
    ];

    private static readonly string[] OddMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST", "TRACE", "BREW"];

    private readonly Dictionary<string, string> headers = [];
    private readonly string? contentType;
    private readonly byte[]? body;

    /// <param name="seed">Of the whole run.</param>
    /// <param name="number">Of this call in the run.</param>
    /// <param name="routes">All that can be called.</param>
    public FuzzRequest(int seed, int number, IReadOnlyList<RouteEndpoint> routes)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var texts = new FuzzText(random);
        var route = texts.Pick(routes);
        if (random.Next(3) > 0 && route.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null)
        {
            // Pages are slow to draw and take few parameters: fewer of them.
            route = texts.Pick(routes);
        }

        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        Route = "/" + route.RoutePattern.RawText?.Trim('/');
        Method = random.Next(30) == 0 ? texts.Pick(OddMethods) : texts.Pick(methods);
        Path = Parameter().Replace(Route, _ => random.Next(3) > 0 ? random.Next(0, 12).ToString(CultureInfo.InvariantCulture) : Escaped(texts.Value())) + Query(random, texts);
        IsSignedIn = random.Next(12) > 0;
        if (Method is "POST" or "PUT" or "PATCH" || random.Next(30) == 0)
        {
            contentType = random.Next(12) == 0 ? texts.Pick(ContentTypes) : "application/json";
            body = texts.Body(route.Metadata.GetMetadata<BodyMetadata>()?.Type);
        }

        for (var count = random.Next(8) == 0 ? random.Next(1, 5) : 0; count > 0; count--)
        {
            headers[texts.Pick(HeaderNames)] = OneLine(texts.Value());
        }
    }

    /// <summary>The pattern it was made from.</summary>
    public string Route { get; }

    public string Method { get; }

    /// <summary>With the query.</summary>
    public string Path { get; }

    public bool IsSignedIn { get; }

    public HttpRequestMessage ToMessage(string? token)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), "http://localhost" + Path);
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (IsSignedIn && token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            _ = message.Headers.TryAddWithoutValidation(name, value) || message.Content?.Headers.TryAddWithoutValidation(name, value) == true;
        }

        return message;
    }

    public override string ToString()
    {
        var text = body is null ? "" : Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 600));
        return $"{Method} {Path} [{contentType}] {string.Join(", ", headers)} {text}";
    }

    private static string Query(Random random, FuzzText texts)
    {
        var pairs = Enumerable.Range(0, random.Next(3) == 0 ? random.Next(1, 6) : 0)
            .Select(_ => $"{(random.Next(10) == 0 ? Escaped(texts.Value()) : texts.Pick(QueryNames))}={(random.Next(20) == 0 ? "%FF%FE%" : Escaped(texts.Value()))}");
        var query = string.Join('&', pairs);
        return query.Length == 0 ? "" : "?" + query;
    }

    /// <summary>Percent-encoded as bytes; without NUL, which the server itself refuses before any route.</summary>
    private static string Escaped(string text) => WebUtility.UrlEncode(text).Replace("+", "%20", StringComparison.Ordinal).Replace("%00", "%01", StringComparison.Ordinal);

    private static string OneLine(string text) => string.Concat(text.Where(letter => letter is >= ' ' and < '\u007f'));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
