using System.Security.Cryptography;
using System.Text;
using MaintenanceApp.Notifications;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>Standard Webhooks 1.0, with its own check vector.</summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static byte[] Body => Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    [Fact]
    public void The_check_vector_of_the_specification_comes_out() =>
        WebhookSignature.Of([Secret], Id, Timestamp, Body).ShouldBe(Expected);

    [Fact]
    public void Two_secrets_give_two_signatures_that_each_verify()
    {
        var other = WebhookSignature.NewSecret();

        var signatures = WebhookSignature.Of([other, Secret], Id, Timestamp, Body).Split(' ');

        signatures.Length.ShouldBe(2);
        signatures[1].ShouldBe(Expected);

        // As a receiver would, without our code.
        var key = Convert.FromBase64String(other["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Id}.{Timestamp}."), .. Body];
        signatures[0].ShouldBe("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_secret_holds_24_to_64_bytes(int bytes, bool expected) =>
        WebhookSignature.IsSecret("whsec_" + Convert.ToBase64String(new byte[bytes])).ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_pas du base64 du tout, vraiment pas")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Anything_else_is_no_secret(string? text)
    {
        WebhookSignature.IsSecret(text).ShouldBeFalse();
        var error = Should.Throw<FormatException>(() => WebhookSignature.Of([text!], Id, Timestamp, Body));
        error.Message.ShouldNotContain("MfKQ");
    }

    [Fact]
    public void Generated_secrets_differ_and_are_accepted()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => WebhookSignature.NewSecret()).ToList();

        secrets.Distinct().Count().ShouldBe(100);
        secrets.ShouldAllBe(secret => WebhookSignature.IsSecret(secret));
    }
}
