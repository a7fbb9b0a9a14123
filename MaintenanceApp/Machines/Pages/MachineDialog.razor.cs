using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Machines.Pages;

/// <summary>One form for a new machine and for a known one.</summary>
public sealed partial class MachineDialog(CreateMachine create, UpdateMachine update, MachineErrors errors)
{
    private ElementReference element;
    private TaskCompletionSource<int?>? answer;
    private MachineRow? machine;
    private MachineRequest request = new();
    private Actor actor = Actor.Application;
    private string? problem;
    private bool wasTried;
    private bool isSaving;

    /// <param name="known">Null = a new machine.</param>
    /// <param name="who">Who saves.</param>
    /// <returns>The machine's id; null when the person gave up.</returns>
    public async Task<int?> AskAsync(MachineRow? known, Actor who)
    {
        (machine, actor, problem, wasTried) = (known, who, null, false);
        request = known is null ? new MachineRequest() : RequestOf(known);
        answer = new TaskCompletionSource<int?>();
        StateHasChanged();
        await Task.Yield();
        await Browser.InvokeVoidAsync("maintenance.openDialog", element);
        return await answer.Task;
    }

    internal static MachineRequest RequestOf(MachineRow known) => new()
    {
        MachineType = known.MachineType,
        Model = known.Model,
        SerialNumber = known.SerialNumber,
        Location = known.Location,
        Status = known.Status,
    };

    private bool Misses(string? text) => wasTried && string.IsNullOrWhiteSpace(text);

    private async Task SaveAsync()
    {
        wasTried = true;
        problem = null;
        if (isSaving || Misses(request.MachineType) || Misses(request.Model))
        {
            return;
        }

        isSaving = true;
        try
        {
            var id = machine?.Id ?? await create.ExecuteAsync(actor, request, CancellationToken.None);
            if (machine is { } known && !await update.ExecuteAsync(actor, known.Id, request, known.Version, CancellationToken.None))
            {
                problem = L["Gone"];
                return;
            }

            await CloseAsync(id);
        }
        catch (Exception exception) when (MachineErrors.IsExpected(exception))
        {
            problem = errors.Sentence(exception);
        }
        finally
        {
            isSaving = false;
        }
    }

    private async Task CloseAsync(int? id)
    {
        Answer(id);
        await Browser.InvokeVoidAsync("maintenance.closeDialog", element);
    }

    private void Answer(int? id) => answer?.TrySetResult(id);
}
