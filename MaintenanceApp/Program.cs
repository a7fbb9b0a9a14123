using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Demo;
using MaintenanceApp.Hosting;
using MaintenanceApp.Jobs;
using MaintenanceApp.LegacyImport;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;

StartErrors.PrintWithoutStackTrace();
var builder = WebApplication.CreateBuilder(args);
builder.KeepOutputForAnswers(args);

builder.Services.AddHosting(builder.Configuration, builder.Environment);
builder.Services.AddData(builder.Configuration, builder.Environment);
builder.Services.AddJobs();
builder.Services.AddUsers();
builder.Services.AddMachines();
builder.Services.AddTickets();
builder.Services.AddNotifications();
builder.Services.AddOverdue();
builder.Services.AddOperations();
builder.Services.AddComponents();
builder.Services.AddDemo(builder.Configuration, builder.Environment);
builder.Services.AddLegacyImport();

var app = builder.Build();
if (CommandLine.IsCommand(args))
{
    return await app.RunCommandAsync(args);
}

await app.PrepareDatabaseAsync();
await app.SeedDemoAsync();
await app.EnsureFirstAdminAsync();

app.UseHosting();
app.UseRequestLocalization();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.UseRateLimiter();

app.MapUsers();
app.MapMachines();
app.MapTickets();
app.MapOverdue();
app.MapDemo();
app.MapNotifications();
app.MapOperations();
app.MapHosting();
app.MapComponents();

await app.RunAsync();
return 0;
