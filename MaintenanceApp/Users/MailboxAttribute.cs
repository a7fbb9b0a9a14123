using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mail;

namespace MaintenanceApp.Users;

/// <summary>
/// An address that can receive mail: one mailbox (RFC 5321, section 4.1.2, with the letters of RFC 6531), without a display name,
/// with a domain that DNS could know, within the lengths of RFC 5321, section 4.5.3.1. Unusual ones (<c>o'brien+mill@</c>) are
/// fine. Null and blank are for <see cref="RequiredAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailboxAttribute() : ValidationAttribute("E-mail invalide")
{
    private const int LocalPartLength = 64;
    private const int PathLength = 254;

    private static readonly IdnMapping Names = new() { UseStd3AsciiRules = true };

    public override bool IsValid(object? value) => value is null or "" || (value is string text && IsMailbox(text));

    public static bool IsMailbox(string text) =>
        text.Length <= PathLength && MailAddress.TryCreate(text, out var address) && address.Address == text && address.DisplayName.Length == 0
        && IsLocalPart(address.User) && IsDomain(address.Host);

    // Dots divide atoms (RFC 5322, section 3.2.3); within quotes they are letters.
    private static bool IsLocalPart(string name) =>
        name.Length <= LocalPartLength && (name.StartsWith('"') || name.Split('.').All(atom => atom.Length > 0));

    private static bool IsDomain(string host)
    {
        try
        {
            return host.StartsWith('[') || (host.Contains('.', StringComparison.Ordinal) && Names.GetAscii(host).Length <= 253 && !host.EndsWith('.'));
        }
        catch (ArgumentException)
        {
            return false; // an empty label, one that is too long, or a letter that no domain has
        }
    }
}
