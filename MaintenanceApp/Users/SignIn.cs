using Microsoft.AspNetCore.Identity;

namespace MaintenanceApp.Users;

/// <summary>How a sign-in ended. Unknown e-mail, wrong password and the team's account are one and the same answer.</summary>
public abstract record SignInOutcome
{
    public sealed record Succeeded(User User) : SignInOutcome;

    public sealed record Refused : SignInOutcome;

    /// <param name="Until">UTC.</param>
    public sealed record LockedOut(DateTime Until) : SignInOutcome;
}

/// <summary>Checks an e-mail (any case) and a password; takes the same time for an unknown e-mail as for a wrong password.</summary>
public sealed class SignIn(UserManager<User> users, SignInManager<User> signIn, TimeProvider clock)
{
    // A hash of nothing anyone knows: what an unknown e-mail is compared with.
    private static readonly Lazy<string> Decoy = new(() =>
        new PasswordHasher<User>().HashPassword(null!, Guid.NewGuid().ToString()));

    public async Task<SignInOutcome> CheckAsync(string email, string password)
    {
        var user = await users.FindByEmailAsync(email.Trim());
        if (user is null || user.IsTeam || user.DeactivatedAt is not null || user.PasswordHash is null)
        {
            users.PasswordHasher.VerifyHashedPassword(null!, Decoy.Value, password);
            return new SignInOutcome.Refused();
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (result.IsLockedOut)
        {
            return new SignInOutcome.LockedOut(user.LockoutEnd!.Value.UtcDateTime);
        }

        if (!result.Succeeded)
        {
            return new SignInOutcome.Refused();
        }

        user.LastLogin = clock.GetUtcNow().UtcDateTime;
        await users.UpdateAsync(user);
        return new SignInOutcome.Succeeded(user);
    }
}
