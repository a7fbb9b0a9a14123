using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Users;

/// <summary>
/// Identity's own hashes, and the two of the system this replaces: 64 hex digits are the unsalted SHA-256 of the
/// password; <c>v2:salt:hash</c> (hex) is PBKDF2-HMAC-SHA256 with 100,000 iterations and 32 bytes. A right password
/// against an old hash answers <see cref="PasswordVerificationResult.SuccessRehashNeeded"/>, so that Identity stores its
/// own hash at that sign-in. A hash that nobody can read fails; nothing here throws.
/// </summary>
public sealed class LegacyPasswordHasher(IOptions<PasswordHasherOptions>? options = null) : PasswordHasher<User>(options)
{
    private const string Pbkdf2Prefix = "v2:";
    private const int Pbkdf2Iterations = 100_000;
    private const int HashBytes = 32;

    public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        if (IsSha256(hashedPassword))
        {
            var isRight = Same(hashedPassword, SHA256.HashData(Encoding.UTF8.GetBytes(providedPassword)));
            if (!isRight)
            {
                // SHA-256 answers at once: without this the time of a refusal would tell which accounts exist.
                HashPassword(user, providedPassword);
            }

            return Answer(isRight);
        }

        if (IsPbkdf2(hashedPassword, out var salt, out var hash))
        {
            return Answer(Same(hash, Rfc2898DeriveBytes.Pbkdf2(
                Encoding.UTF8.GetBytes(providedPassword), salt, Pbkdf2Iterations, HashAlgorithmName.SHA256, HashBytes)));
        }

        try
        {
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
        catch (FormatException)
        {
            return PasswordVerificationResult.Failed;
        }
    }

    /// <summary>True when the old system could have written it; anything else never signs in.</summary>
    public static bool IsLegacyHash(string? hash) => hash is not null && (IsSha256(hash) || IsPbkdf2(hash, out _, out _));

    private static PasswordVerificationResult Answer(bool isRight) =>
        isRight ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Failed;

    private static bool IsSha256(string hash) => hash.Length == HashBytes * 2 && hash.All(char.IsAsciiHexDigit);

    private static bool IsPbkdf2(string stored, out byte[] salt, out string hash)
    {
        (salt, hash) = ([], "");
        if (!stored.StartsWith(Pbkdf2Prefix, StringComparison.Ordinal) || stored.Split(':') is not [_, { Length: > 0 } saltHex, var hashHex] || !IsSha256(hashHex))
        {
            return false;
        }

        salt = new byte[saltHex.Length / 2];
        hash = hashHex;
        return Convert.FromHexString(saltHex, salt, out _, out _) == OperationStatus.Done;
    }

    private static bool Same(string hex, byte[] hash) => CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hex), hash);
}
