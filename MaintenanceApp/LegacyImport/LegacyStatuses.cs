using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.LegacyImport;

/// <summary>
/// What the status words of real files mean. A wrong guess would raise an alarm about finished work, or none about work
/// that waits: a word whose meaning is not certain is asked for (<c>--status WORD=STATUS</c>), and nothing is imported.
/// </summary>
/// <param name="chosen">What the operator said; keys as written in the file.</param>
internal sealed class LegacyStatuses(IReadOnlyDictionary<string, TicketStatus> chosen)
{
    private static readonly Dictionary<string, TicketStatus> Certain = new (TicketStatus Status, string Words)[]
    {
        (TicketStatus.Received, "received,recu,recue,new,open,opened,nouveau,nouvelle,ouvert,ouverte,todo,to do,a faire"),
        (TicketStatus.Diagnostic, "diagnostic,diagnosis,en diagnostic,in diagnosis"),
        (TicketStatus.InProgress, "in progress,inprogress,en cours,working,work in progress,started,commence,commencee"),
        (TicketStatus.WaitingParts, "waiting parts,waiting for parts,en attente de pieces,attente pieces,attente de pieces"),
        (TicketStatus.Completed, "completed,complete,completee,done,closed,resolved,finished,fixed,termine,terminee,ferme,fermee,resolu,resolue,fini,finie,clos,cloture,repare,reparee"),
        (TicketStatus.Archived, "archived,archive,archivee,cancelled,canceled,annule,annulee"),
    }.SelectMany(group => group.Words.Split(',').Select(word => (word, group.Status))).ToDictionary(pair => pair.word, pair => pair.Status);

    private readonly Dictionary<string, TicketStatus> chosen = chosen.ToDictionary(pair => Plain(pair.Key), pair => pair.Value);
    private readonly Dictionary<string, (string AsWritten, int Count)> unknown = [];

    public TicketStatus Read(LegacyRow row)
    {
        if (row.Cell("status") is not { IsBlank: false } cell)
        {
            row.Repaired($"status is empty: '{Snake.Of(TicketStatus.Received)}' instead");
            return TicketStatus.Received;
        }

        var word = Plain(cell.Text);
        if (!chosen.TryGetValue(word, out var status) && !Certain.TryGetValue(word, out status))
        {
            unknown[word] = (cell.Quoted, unknown.GetValueOrDefault(word).Count + 1);
        }

        if (cell.Text != Snake.Of(status))
        {
            row.Repaired($"status {cell.Quoted} means '{Snake.Of(status)}'");
        }

        return status;
    }

    /// <exception cref="LegacyImportException">A word is not certain; the message says how to answer.</exception>
    public void RefuseUnknown()
    {
        if (unknown.Count > 0)
        {
            var words = string.Join(", ", unknown.Values.Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.AsWritten} ({word.Count})")));
            throw new LegacyImportException(
                $"Nothing was imported: the meaning of these status words is not certain: {words}. Say what each means, such as --status \"{unknown.Keys.First()}=received\"; " +
                $"one of {string.Join(", ", Enum.GetValues<TicketStatus>().Select(status => Snake.Of(status)))}.");
        }
    }

    private static string Plain(string word) => string.Join(' ', SearchText.Words(word.Replace('_', ' ').Replace('-', ' ')));
}
