using System.Text.Json;
using MaintenanceApp.Tickets.Files;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The place that adds files; the work is done in the browser, so that a lost circuit loses nothing.</summary>
public sealed partial class FileChooser
{
    private ElementReference root;
    private IJSObjectReference? script;
    private string? started;

    /// <summary>Where files are posted; null keeps them until <see cref="SendAsync"/>.</summary>
    [Parameter]
    public string? Address { get; set; }

    [Parameter]
    public bool IsCompact { get; set; }

    private FileStorageOptions Limits => Storage.Value;

    /// <summary>JSON: what the route answers (see <see cref="Hosting.ApiErrors"/>), by its code, in the language of the screen.</summary>
    private string Words => JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["rate_limited"] = L["FileWaiting"],
        ["database.away"] = S["DatabaseAway"],
        ["record.stale"] = L["ChangedAgain"],
        ["ticket.in_trash"] = L["Rule.ticket.in_trash"],
        ["ticket.too_many_files"] = L["Rule.ticket.too_many_files"],
        ["files.not_kept"] = L["Rule.files.not_kept"],
    });

    /// <summary>Sends what was kept to the new ticket; what fails is said by the browser.</summary>
    /// <returns>How many did not arrive.</returns>
    public async Task<int> SendAsync(string address) => script is null ? 0 : await script.InvokeAsync<int>("sendKept", root, address);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (script is not null)
            {
                await script.InvokeVoidAsync("stop", root);
                await script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        script ??= await Browser.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/files.js"]}");
        if (firstRender || started != Address)
        {
            started = Address;
            await script.InvokeVoidAsync("start", root, Address);
        }
    }
}
