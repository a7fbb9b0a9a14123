using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace MaintenanceApp.Hosting;

/// <summary>The description of the routes at <c>/openapi/v1.json</c>, in every environment and without sign-in: it holds no secret.</summary>
public static class OpenApiFeature
{
    private const string Json = "application/json";
    private const string Bearer = "bearer";

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.OrdinalIgnoreCase) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "MaintenanceApp",
                Version = "v1",
                Description = "Errors are `{\"error\": \"…\"}`, in French. Instants are UTC. Sign in with POST /api/auth/login.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = Bearer,
                    Description = "The token of POST /api/auth/login; for /api/cron, one of Cron:Secrets.",
                },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type.IsEnum)
            {
                schema.Type = JsonSchemaType.String;
                schema.Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.SnakeCaseLower.ConvertName(name))];
            }

            return Task.CompletedTask;
        });
    });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi().AllowAnonymous();

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var examples = metadata.OfType<RouteExamples>().LastOrDefault();
        if (metadata.OfType<BodyMetadata>().LastOrDefault() is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new() { Schema = await context.GetOrCreateSchemaAsync(body.Type, null, cancellationToken), Example = RequestExample(examples?.Request, json) },
                },
            };
        }

        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (status.StartsWith('2') && examples?.Answer is { } example && answer.Content?.TryGetValue(Json, out var content) == true)
            {
                content.Example = JsonSerializer.SerializeToNode(example, json);
            }
        }

        Protect(operation, context, metadata);
    }

    /// <summary>401 and 403 of every protected route, and the lock beside it.</summary>
    private static void Protect(OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata)
    {
        var isCron = context.Description.RelativePath?.StartsWith("api/cron/", StringComparison.OrdinalIgnoreCase) == true;
        if (metadata.OfType<IAllowAnonymous>().Any() && !isCron)
        {
            return;
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "Not signed in, or the account has changed since" });
        if (!isCron)
        {
            operation.Responses.TryAdd("403", new OpenApiResponse { Description = "The role does not allow it" });
        }
    }

    /// <summary>Without the fields that the example leaves out.</summary>
    private static JsonObject? RequestExample(object? request, JsonSerializerOptions json)
    {
        var example = request is null ? null : JsonSerializer.SerializeToNode(request, json)!.AsObject();
        foreach (var name in example?.Where(field => field.Value is null).Select(field => field.Key).ToList() ?? [])
        {
            example!.Remove(name);
        }

        return example;
    }
}
