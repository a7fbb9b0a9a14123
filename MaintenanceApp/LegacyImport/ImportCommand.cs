using System.CommandLine;
using System.Data.Common;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.LegacyImport;

/// <summary><c>import FILE [--dry-run]</c>: prints the report; 0 when the file was imported, however dirty it was.</summary>
internal sealed class ImportCommand : Command
{
    public ImportCommand(DatabaseStartup startup, ImportLegacyDatabase import)
        : base("import", "Import the old system's database. A second run changes nothing.")
    {
        var file = new Argument<string>("FILE") { Description = "The old system's SQLite file; only read." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Report what would be done and keep nothing." };
        Add(file);
        Add(dryRun);
        SetAction(async (result, cancellationToken) =>
        {
            await startup.PrepareAsync(cancellationToken);
            try
            {
                var report = await import.ExecuteAsync(CommandLine.FullPath(result.GetRequiredValue(file)), result.GetValue(dryRun), cancellationToken);
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
}
