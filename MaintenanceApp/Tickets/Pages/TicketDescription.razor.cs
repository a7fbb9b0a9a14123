using MaintenanceApp.Machines;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The form keeps what the ticket was when it opened, so that only what was really changed is saved.</summary>
public sealed partial class TicketDescription
{
    private ElementReference descriptionInput;
    private TicketTextEdit? edit;
    private string title = "";
    private string description = "";
    private int? machineId;
    private string? reporter;
    private string? titleError;
    private string? descriptionError;
    private bool hasJustOpened;

    [Parameter, EditorRequired]
    public required TicketSession Session { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<MachineRow> Machines { get; set; }

    private TicketTextEdit Typed => edit! with { Title = title.Trim(), Description = description.Trim(), MachineId = machineId, ReporterName = reporter };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (hasJustOpened)
        {
            hasJustOpened = false;
            await descriptionInput.FocusAsync();
        }
    }

    private static string? Invalid(string? error) => error is null ? null : "true";

    private void Begin()
    {
        edit = TicketTextEdit.Start(Session.Detail!);
        (title, description, machineId, reporter) = (edit.Title, edit.Description, edit.MachineId, edit.ReporterName);
        (titleError, descriptionError) = (null, null);
        hasJustOpened = true;
    }

    private void Cancel()
    {
        edit = null;
        Session.DismissConflict();
    }

    private async Task SaveAsync()
    {
        titleError = Typed.Title.Length < Ticket.TitleMinLength ? L["TitleTooShort", Ticket.TitleMinLength].Value : null;
        descriptionError = Typed.Description.Length < Ticket.DescriptionMinLength ? L["DescriptionTooShort", Ticket.DescriptionMinLength].Value : null;
        if (titleError is null && descriptionError is null && await Session.EditAsync(Typed))
        {
            edit = null;
        }
    }

    private Task SaveMineAsync()
    {
        edit = Typed.From(Session.Detail!);
        (title, description, machineId, reporter) = (edit.Title, edit.Description, edit.MachineId, edit.ReporterName);
        return SaveAsync();
    }
}
