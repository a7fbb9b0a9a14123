using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>A kept text.</summary>
/// <param name="Text">As typed.</param>
/// <param name="From">What it began from; null for a new text.</param>
public sealed record KeptText(string Text, string? From);

/// <summary>
/// One half-typed text kept in the browser (<c>wwwroot/js/draft.js</c>) until it is sent or given up. Nothing here fails
/// when the browser is gone.
/// </summary>
/// <param name="browser">The page's.</param>
/// <param name="module">Address of the script, with its fingerprint.</param>
public sealed class TextDraft(IJSRuntime browser, string module) : IAsyncDisposable
{
    private IJSObjectReference? script;

    /// <summary>The key of a comment on this ticket.</summary>
    public static string OfComment(int ticketId, Actor actor) => $"draft.comment.{ticketId}.{actor.UserId}";

    /// <summary>The key of a description being edited.</summary>
    public static string OfDescription(int ticketId, Actor actor) => $"draft.description.{ticketId}.{actor.UserId}";

    /// <summary>Null where nothing is kept.</summary>
    public async Task<KeptText?> ReadAsync(string key) => await TryAsync(draft => draft.InvokeAsync<KeptText?>("readText", key)) is { Text.Length: > 0 } kept ? kept : null;

    /// <summary>From here on what is typed into <paramref name="box"/> is kept.</summary>
    public async Task KeepAsync(ElementReference box, string key, string? from = null) => await TryAsync(draft => DoAsync(draft.InvokeVoidAsync("keepText", box, key, from)));

    public async Task WriteAsync(string key, string text) => await TryAsync(draft => DoAsync(draft.InvokeVoidAsync("writeText", key, text)));

    public async Task ClearAsync(string key) => await TryAsync(draft => DoAsync(draft.InvokeVoidAsync("clear", key)));

    public async ValueTask DisposeAsync()
    {
        if (script is not null)
        {
            await TryAsync(draft => DoAsync(draft.DisposeAsync()));
        }
    }

    private static async ValueTask<KeptText?> DoAsync(ValueTask call)
    {
        await call;
        return null;
    }

    private async Task<KeptText?> TryAsync(Func<IJSObjectReference, ValueTask<KeptText?>> call)
    {
        try
        {
            script ??= await browser.InvokeAsync<IJSObjectReference>("import", $"./{module}");
            return await call(script);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException or ObjectDisposedException)
        {
            return null; // the browser is gone, and its storage with it
        }
    }
}
