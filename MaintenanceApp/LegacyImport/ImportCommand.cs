using System.CommandLine;
using System.Data.Common;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.LegacyImport;

/// <summary><c>import FILE [--dry-run] [--status WORD=STATUS]…</c>: prints the report; 0 when the file was imported, however dirty it was.</summary>
internal sealed class ImportCommand : Command
{
    public ImportCommand(DatabaseStartup startup, ImportLegacyDatabase import)
        : base("import", "Import the old system's database. A second run changes nothing.")
    {
        var file = new Argument<string>("FILE") { Description = "The old system's SQLite file; only read." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Report what would be done and keep nothing." };
        var statuses = new Option<string[]>("--status")
        {
            Description = "What a status word of the old system means, such as \"pending=received\"; once for each word that the import asks for.",
        };
        Add(file);
        Add(dryRun);
        Add(statuses);
        SetAction(async (result, cancellationToken) =>
        {
            await startup.PrepareAsync(cancellationToken);
            try
            {
                var report = await import.ExecuteAsync(CommandLine.FullPath(result.GetRequiredValue(file)), result.GetValue(dryRun), cancellationToken, Meanings(result.GetValue(statuses) ?? []));
                await Console.Out.WriteAsync(report.ToString());
                return 0;
            }
            catch (LegacyImportException refused)
            {
                await Console.Error.WriteLineAsync(refused.Message);
            }
            catch (Exception failure) when (failure is DbException or DbUpdateException)
            {
                await Console.Error.WriteLineAsync($"The import failed and nothing was kept: {failure.GetBaseException().Message}");
            }

            return 1;
        });
    }

    /// <exception cref="LegacyImportException">Not of the form WORD=STATUS.</exception>
    private static Dictionary<string, TicketStatus> Meanings(string[] written)
    {
        var meanings = new Dictionary<string, TicketStatus>();
        foreach (var meaning in written)
        {
            meanings[meaning.Split('=')[0]] = meaning.Split('=') is [{ Length: > 0 }, var word] && Snake.TryParse<TicketStatus>(word.Trim(), out var status)
                ? status
                : throw new LegacyImportException(
                    $"--status \"{meaning}\": write WORD=STATUS, where STATUS is one of {string.Join(", ", Enum.GetValues<TicketStatus>().Select(status => Snake.Of(status)))}.");
        }

        return meanings;
    }
}
