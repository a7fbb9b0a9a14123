using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Live;
using MaintenanceApp.Users;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddHosting(builder.Configuration, builder.Environment);
builder.Services.AddData(builder.Configuration, builder.Environment);
builder.Services.AddUsers();
builder.Services.AddSingleton<LiveUpdates>();

var app = builder.Build();
await app.PrepareDatabaseAsync();

app.UseHosting();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

await app.RunAsync();
