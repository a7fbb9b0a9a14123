using MaintenanceApp.Tickets.Board;
using MaintenanceApp.Tickets.Calendar;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Tickets.Comments;
using MaintenanceApp.Tickets.DefaultViews;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Tickets.Pages.Listing;

namespace MaintenanceApp.Tickets;

/// <summary>Work orders: life cycle, assignment, planning, comments.</summary>
public static class TicketsFeature
{
    public static IServiceCollection AddTickets(this IServiceCollection services)
    {
        services.AddSingleton<TicketDates>();
        services.AddSingleton<TicketChanges>();
        services.AddSingleton<TicketQueries>();
        services.AddSingleton<MachineTicketCounts>();
        services.AddSingleton<NewTicketQueries>();
        services.AddSingleton<TicketWalkQueries>();
        services.AddSingleton<TicketPresence>();
        services.AddSingleton<RelatedTicketQueries>();
        services.AddSingleton<CreateTicket>();
        services.AddSingleton<EditTicket>();
        services.AddSingleton<PatchTicket>();
        services.AddSingleton<AssignTicket>();
        services.AddSingleton<RescheduleTicket>();
        services.AddSingleton<ChangeTicketStatus>();
        services.AddSingleton<CommentOnTicket>();
        services.AddSingleton<SnoozeTicket>();
        services.AddSingleton<TrashTicket>();
        services.AddSingleton<TrashQueries>();
        services.AddSingleton<TicketEraser>();
        services.AddSingleton<EraseTicket>();
        services.AddSingleton<EmptyTrash>();
        services.AddSingleton<TrashExpiry>();
        services.AddSingleton<EditComment>();
        services.AddSingleton<MentionQueries>();
        services.AddTicketFiles();
        services.AddSingleton<ChangeTickets>();
        services.AddSingleton<TicketSendQueries>();
        services.AddSingleton<SavedViewQueries>();
        services.AddSingleton<CreateSavedView>();
        services.AddSingleton<ChangeSavedView>();
        services.AddSingleton<DeleteSavedView>();
        services.AddSingleton<DefaultViewQueries>();
        services.AddSingleton<ChooseDefaultView>();
        services.AddSingleton<SetRoleView>();
        services.AddTransient<PersonViews>();
        services.AddSingleton<TicketCsv>();
        services.AddTransient<UndoableChanges>();
        services.AddTransient<BulkCommands>();
        services.AddSingleton<TicketErrors>();
        services.AddTransient<TicketSession>();
        services.AddSingleton<BoardQueries>();
        services.AddTransient<BoardMoves>();
        services.AddSingleton<SetColumnLimit>();
        services.AddCalendar();
        services.AddHostedService<SearchTextBackfill>();
        return services;
    }

    public static void MapTickets(this IEndpointRouteBuilder routes)
    {
        routes.MapTicketRoutes();
        routes.MapCommentRoutes();
        routes.MapTicketFileRoutes();
        routes.MapTicketExport();
    }
}
