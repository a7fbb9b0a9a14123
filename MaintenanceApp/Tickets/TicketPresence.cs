using System.Collections.Concurrent;
using MaintenanceApp.Live;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>Somebody started or stopped typing on a ticket.</summary>
public sealed record TicketPresenceChanged(int TicketId);

/// <summary>
/// Who is typing on which ticket in this process, so that pages can say « Sophie modifie ce billet ». A hint, not a lock:
/// it is in memory and gone with the process.
/// </summary>
public sealed class TicketPresence(LiveUpdates live)
{
    private readonly ConcurrentDictionary<Guid, (int TicketId, int UserId, string Name)> editors = new();

    /// <summary>Counts until the result is disposed.</summary>
    public IDisposable Enter(int ticketId, Actor actor)
    {
        var place = Guid.NewGuid();
        editors[place] = (ticketId, actor.UserId, actor.FullName);
        live.Publish(new TicketPresenceChanged(ticketId));
        return new Place(() =>
        {
            if (editors.TryRemove(place, out _))
            {
                live.Publish(new TicketPresenceChanged(ticketId));
            }
        });
    }

    /// <summary>Names of the others who type on it, by name.</summary>
    public IReadOnlyList<string> Others(int ticketId, int userId) =>
    [
        .. editors.Values
            .Where(editor => editor.TicketId == ticketId && editor.UserId != userId)
            .Select(editor => editor.Name)
            .Distinct()
            .Order(StringComparer.CurrentCulture),
    ];

    private sealed class Place(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
