using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Live;
using MaintenanceApp.Operations;
using MaintenanceApp.Users;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddHosting(builder.Configuration, builder.Environment);
builder.Services.AddSiteLocalization();
builder.Services.AddData(builder.Configuration, builder.Environment);
builder.Services.AddUsers();
builder.Services.AddSingleton<LiveUpdates>();
builder.Services.AddOperations();
builder.Services.AddComponents();

var app = builder.Build();
await app.PrepareDatabaseAsync();

app.UseHosting();
app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseRequestLocalization();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapLanguage();
app.MapComponents();

await app.RunAsync();
