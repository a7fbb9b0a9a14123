using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tickets.Comments;
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
    public string? Comment { get; set => field = TypedText.Lines(value); }
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

        // One name for both parameters: OpenAPI takes two names for one address as the same address twice.
        comments.MapGet("/{id}", ListAsync)
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
        comments.MapPatch("/{id}", EditAsync)
            .RequireAuthorization(Permissions.CommentTickets)
            .WithSummary($"Corrects one's own comment within {EditComment.Window.TotalMinutes:0} minutes; what it said before stays in its history")
            .Answers<CommentAnswer>(StatusCodes.Status200OK, 400, 404, 409)
            .WithExamples(
                new CommentOnTicketRequest { Comment = TicketExamples.Comment.Comment },
                new CommentAnswer(TicketExamples.Comment with { EditedAt = "2025-11-09 18:09:00" }));
    }

    private static async Task<IResult> ListAsync(
        [Description("The ticket: the number people read, or the row's id")] string id, TicketQueries queries, CancellationToken cancellationToken) =>
        await queries.FindIdAsync(id, cancellationToken) is { } ticket
            ? Results.Ok(new CommentsAnswer([.. (await queries.CommentsAsync(ticket, cancellationToken)).Select(CommentJson.From)]))
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

    private static async Task<IResult> EditAsync(
        [Description("The comment's id")] RouteId id, Body<CommentOnTicketRequest> body, ClaimsPrincipal user, EditComment edit, TicketQueries queries,
        CancellationToken cancellationToken) =>
        await edit.ExecuteAsync(Actor.From(user), id.Value, body.Value, cancellationToken) && await queries.CommentAsync(id.Value, cancellationToken) is { } edited
            ? Results.Ok(new CommentAnswer(CommentJson.From(edited)))
            : ApiErrors.NotFound("Commentaire non trouvé");
}
