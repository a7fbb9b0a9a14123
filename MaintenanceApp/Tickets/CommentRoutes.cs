using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>The author is whoever is signed in; names in the body are ignored.</summary>
public sealed class PostCommentRequest
{
    /// <summary>The number people read, or the row's id.</summary>
    [Required(ErrorMessage = "Ticket requis")]
    [JsonConverter(typeof(TextOrNumber))]
    public string? TicketId { get; set; }

    [Required(ErrorMessage = "Commentaire requis")]
    [StringLength(TicketComment.MaxLength, ErrorMessage = "Le commentaire doit avoir au plus {1} caractères")]
    public string? Comment { get; set; }
}

/// <summary>Reads <c>42</c> as it reads <c>"42"</c>.</summary>
internal sealed class TextOrNumber : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.String => reader.GetString(),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Comments on tickets.</summary>
public static class CommentRoutes
{
    public static void MapCommentRoutes(this IEndpointRouteBuilder routes)
    {
        var comments = routes.MapGroup("/api/comments").WithTags("comments");
        comments.MapGet("/{ticketId}", ListAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("The comments of a ticket, oldest first")
            .Answers<CommentsAnswer>(StatusCodes.Status200OK, 404)
            .WithExamples(answer: new CommentsAnswer([TicketExamples.Comment]));
        comments.MapPost("", AddAsync)
            .RequireAuthorization(Permissions.CommentTickets)
            .WithSummary("Adds a comment in the name of whoever is signed in")
            .Answers<CommentAnswer>(StatusCodes.Status201Created, 400, 404, 409)
            .WithExamples(
                new PostCommentRequest { TicketId = TicketExamples.Ticket.TicketId, Comment = TicketExamples.Comment.Comment },
                new CommentAnswer(TicketExamples.Comment));
    }

    private static async Task<IResult> ListAsync(string ticketId, TicketQueries queries, CancellationToken cancellationToken) =>
        await queries.FindIdAsync(ticketId, cancellationToken) is { } id
            ? Results.Ok(new CommentsAnswer([.. (await queries.CommentsAsync(id, cancellationToken)).Select(CommentJson.From)]))
            : ApiErrors.NotFound(TicketRoutes.Unknown);

    private static async Task<IResult> AddAsync(
        Body<PostCommentRequest> body, ClaimsPrincipal user, CommentOnTicket comment, TicketQueries queries, CancellationToken cancellationToken)
    {
        if (await queries.FindIdAsync(body.Value.TicketId!, cancellationToken) is not { } id
            || await comment.ExecuteAsync(Actor.From(user), id, new CommentOnTicketRequest { Comment = body.Value.Comment }, cancellationToken) is not { } added)
        {
            return ApiErrors.NotFound(TicketRoutes.Unknown);
        }

        return Results.Created($"/api/comments/{id}", new CommentAnswer(CommentJson.From(added)));
    }
}
