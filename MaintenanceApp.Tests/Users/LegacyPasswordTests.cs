using MaintenanceApp.Data;
using MaintenanceApp.Tests.LegacyImport;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Users;

public sealed class LegacyPasswordTests
{
    private const string Sha256OfPassword123 = "ef92b778bafe771e89245b89ecbc08a44a4e166c06659911881f383d4473e94f";
    private const string Pbkdf2OfMotdepasse1 = "v2:0a53bdebf5538ae5535ed79ba892ac8e:52afdd50976541e1306e645e7d5168508324333ce04cf74cb417360be5da35b0";

    private readonly FakeClock clock = new(new DateTime(2026, 11, 22, 16, 0, 0, DateTimeKind.Utc));

    [Theory]
    [InlineData(Sha256OfPassword123, "password123", PasswordVerificationResult.SuccessRehashNeeded)]
    [InlineData("EF92B778BAFE771E89245B89ECBC08A44A4E166C06659911881F383D4473E94F", "password123", PasswordVerificationResult.SuccessRehashNeeded)]
    [InlineData(Sha256OfPassword123, "Password123", PasswordVerificationResult.Failed)]
    [InlineData(Sha256OfPassword123, "", PasswordVerificationResult.Failed)]
    [InlineData(Sha256OfPassword123, Sha256OfPassword123, PasswordVerificationResult.Failed)]
    [InlineData(Pbkdf2OfMotdepasse1, "motdepasse1", PasswordVerificationResult.SuccessRehashNeeded)]
    [InlineData(Pbkdf2OfMotdepasse1, "motdepasse2", PasswordVerificationResult.Failed)]
    [InlineData("SYSTEM_USER_NO_LOGIN", "SYSTEM_USER_NO_LOGIN", PasswordVerificationResult.Failed)]
    [InlineData("", "", PasswordVerificationResult.Failed)]
    [InlineData("v2:", "x", PasswordVerificationResult.Failed)]
    [InlineData("v2::", "x", PasswordVerificationResult.Failed)]
    [InlineData("v2::52afdd50976541e1306e645e7d5168508324333ce04cf74cb417360be5da35b0", "x", PasswordVerificationResult.Failed)]
    [InlineData("v2:0a5:52afdd50976541e1306e645e7d5168508324333ce04cf74cb417360be5da35b0", "x", PasswordVerificationResult.Failed)]
    [InlineData("v2:zz:52afdd50976541e1306e645e7d5168508324333ce04cf74cb417360be5da35b0", "x", PasswordVerificationResult.Failed)]
    [InlineData("v2:0a53:52af", "x", PasswordVerificationResult.Failed)]
    [InlineData("zz92b778bafe771e89245b89ecbc08a44a4e166c06659911881f383d4473e94f", "x", PasswordVerificationResult.Failed)]
    [InlineData("$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", "x", PasswordVerificationResult.Failed)]
    public void Old_hashes_are_checked_and_broken_ones_fail_quietly(string hash, string password, PasswordVerificationResult expected) =>
        new LegacyPasswordHasher().VerifyHashedPassword(null!, hash, password).ShouldBe(expected);

    [Fact]
    public void A_hash_of_its_own_needs_no_upgrade()
    {
        var hasher = new LegacyPasswordHasher();
        hasher.VerifyHashedPassword(null!, hasher.HashPassword(null!, "motdepasse1"), "motdepasse1").ShouldBe(PasswordVerificationResult.Success);
    }

    [Theory, BothDatabases]
    public async Task Every_imported_account_signs_in_and_is_upgraded_at_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await LegacyFile.ImportInto(database, clock).ExecuteAsync(LegacyFile.Sample, isDryRun: false, TestContext.Current.CancellationToken);
        await using var host = new AppHost(database, clock);

        foreach (var (email, oldHash) in await Hashes(database))
        {
            var password = oldHash == Sha256OfPassword123 ? "password123" : "motdepasse1";
            (await SignIn(host, email.ToUpperInvariant(), password)).ShouldBeOfType<SignInOutcome.Succeeded>(email);
            (await SignIn(host, email, password)).ShouldBeOfType<SignInOutcome.Succeeded>(email);
            (await SignIn(host, email, "autre-chose")).ShouldBeOfType<SignInOutcome.Refused>(email);
        }

        var upgraded = await Hashes(database);
        upgraded.Count.ShouldBe(10);
        upgraded.ShouldAllBe(account => account.Hash.StartsWith("AQAAAA"));
    }

    [Theory, BothDatabases]
    public async Task The_team_never_signs_in(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await LegacyFile.ImportInto(database, clock).ExecuteAsync(LegacyFile.Sample, isDryRun: false, TestContext.Current.CancellationToken);
        await using var host = new AppHost(database, clock);
        var team = (string?)await database.ScalarAsync("SELECT email FROM users WHERE id = 0");

        (await database.ScalarAsync("SELECT password_hash FROM users WHERE id = 0")).ShouldBeNull();
        foreach (var email in new[] { team!, "system.team@igpglass.ca" })
        {
            foreach (var password in new[] { "SYSTEM_USER_NO_LOGIN", "password123", "" })
            {
                (await SignIn(host, email, password)).ShouldBeOfType<SignInOutcome.Refused>();
            }
        }
    }

    [Fact]
    public async Task An_address_with_an_apostrophe_is_upgraded_too()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await LegacyFile.CreateAsync();
        await file.User(2, ("email", "maeve.o'brien@usine.invalid"), ("password_hash", Sha256OfPassword123));
        await LegacyFile.ImportInto(database, clock).ExecuteAsync(file.Path, isDryRun: false, TestContext.Current.CancellationToken);
        await using var host = new AppHost(database, clock);

        (await SignIn(host, "maeve.o'brien@usine.invalid", "password123")).ShouldBeOfType<SignInOutcome.Succeeded>();

        ((string?)await database.ScalarAsync("SELECT password_hash FROM users WHERE id = 2"))!.ShouldStartWith("AQAAAA");
    }

    private static async Task<SignInOutcome> SignIn(AppHost host, string email, string password)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignIn>().CheckAsync(email, password);
    }

    private static async Task<List<(string Email, string Hash)>> Hashes(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        return [.. (await db.Users.Where(user => user.PasswordHash != null).OrderBy(user => user.Id).ToListAsync()).Select(user => (user.Email!, user.PasswordHash!))];
    }
}
