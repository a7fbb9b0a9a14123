using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using MaintenanceApp.Data;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Hosting;

/// <summary>
/// The JSON body of a route, read, checked by its DataAnnotations and refused in words when it is not what it should
/// be: <c>(Body&lt;CreateTicketRequest&gt; body) => … body.Value</c>.
/// </summary>
public sealed class Body<T>(T value) : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    public T Value { get; } = value;

    /// <exception cref="InvalidInputException">No body, not JSON, a wrong type, or refused by the annotations.</exception>
    static async ValueTask<Body<T>?> IBindableFromHttpContext<Body<T>>.BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return new Body<T>(await BodyReader.ReadAsync<T>(context.Request, options, context.RequestAborted));
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new BodyMetadata(typeof(T)));
}

/// <summary>Tells the OpenAPI document what the body is.</summary>
public sealed record BodyMetadata(Type Type);

internal static class BodyReader
{
    private const long MaxBytes = 1024 * 1024;

    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonSerializerOptions options, CancellationToken cancellationToken)
        where T : class
    {
        if (request.ContentType is { Length: > 0 } && !request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Not JSON", StatusCodes.Status415UnsupportedMediaType);
        }

        var text = await BytesAsync(request, cancellationToken);
        if (text.Length == 0)
        {
            throw Invalid("Le corps JSON est requis");
        }

        if (request.ContentType is null or "")
        {
            throw new BadHttpRequestException("Not JSON", StatusCodes.Status415UnsupportedMediaType);
        }

        var value = Parse<T>(text, options);
        RefuseNul(value, options);
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(value, new ValidationContext(value), problems, validateAllProperties: true))
        {
            throw Invalid(string.Join(". ", problems.Select(problem => problem.ErrorMessage)));
        }

        return value;
    }

    private static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (bytes.Length > MaxBytes)
            {
                throw new BadHttpRequestException("Too large", StatusCodes.Status413PayloadTooLarge);
            }
        }

        return bytes.ToArray();
    }

    private static T Parse<T>(byte[] text, JsonSerializerOptions options)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, options) ?? throw Invalid("Le corps JSON est requis");
        }
        catch (JsonException exception)
        {
            throw Invalid(Explain(typeof(T), exception, options));
        }
        catch (InvalidOperationException)
        {
            // Text that is no Unicode, such as half a surrogate pair.
            throw Invalid("JSON invalide : texte qui n’est pas de l’Unicode");
        }
    }

    private static string Explain(Type type, JsonException exception, JsonSerializerOptions options)
    {
        if (exception.InnerException is JsonException or null && exception.Path is null or "$")
        {
            return "JSON invalide";
        }

        var field = exception.Path!.TrimStart('$', '.');
        var property = type.GetProperties().FirstOrDefault(candidate => NameOf(candidate, options) == field);
        return property is null || exception.InnerException is JsonException
            ? "JSON invalide"
            : $"Champ « {field} » : {Expected(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, options)}";
    }

    private static string Expected(Type type, JsonSerializerOptions options) => type switch
    {
        { IsEnum: true } => $"une de ces valeurs est attendue : {string.Join(", ", Enum.GetNames(type).Select(name => options.PropertyNamingPolicy!.ConvertName(name)))}",
        _ when type == typeof(bool) => "true ou false est attendu",
        _ when type == typeof(string) => "un texte est attendu",
        _ => "un nombre entier est attendu",
    };

    private static string NameOf(PropertyInfo property, JsonSerializerOptions options) =>
        options.PropertyNamingPolicy?.ConvertName(property.Name) ?? property.Name;

    /// <summary>PostgreSQL stores no NUL character; nobody types one.</summary>
    private static void RefuseNul<T>(T value, JsonSerializerOptions options)
        where T : class
    {
        foreach (var property in typeof(T).GetProperties().Where(property => property.PropertyType == typeof(string) && property.CanRead))
        {
            if (property.GetValue(value) is string text && text.Contains('\0', StringComparison.Ordinal))
            {
                throw Invalid($"Champ « {NameOf(property, options)} » : caractère nul interdit");
            }
        }
    }

    private static InvalidInputException Invalid(string message) => new("body", message);
}
