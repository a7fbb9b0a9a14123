using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MaintenanceApp.Tests.Support;

/// <summary>Certificates made on the spot, for a receiver on this machine; nothing is installed anywhere.</summary>
public sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset Today = new(DateTime.UtcNow.Date, TimeSpan.Zero);

    private readonly X509Certificate2 authority;
    private readonly List<X509Certificate2> issued = [];

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Autorité d’essai", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        authority = request.CreateSelfSigned(Today.AddYears(-2), Today.AddYears(2));
    }

    /// <summary>In date, for the right name, from an authority: refused by whoever does not trust that authority.</summary>
    public X509Certificate2 Good => Issue("localhost", Today.AddDays(-1), Today.AddDays(30));

    public X509Certificate2 Expired => Issue("localhost", Today.AddDays(-60), Today.AddDays(-30));

    public X509Certificate2 NotYetValid => Issue("localhost", Today.AddDays(30), Today.AddDays(60));

    public X509Certificate2 WrongHost => Issue("ailleurs.invalid", Today.AddDays(-1), Today.AddDays(30), withLoopback: false);

    public X509Certificate2 SelfSigned
    {
        get
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Keep(Request("localhost", key, withLoopback: true).CreateSelfSigned(Today.AddDays(-1), Today.AddDays(30)));
        }
    }

    /// <summary>A file for <c>SSL_CERT_FILE</c>: a process started with it trusts this authority and no other.</summary>
    public string AuthorityFile()
    {
        var path = TestDatabase.TemporaryPath(".pem");
        File.WriteAllText(path, authority.ExportCertificatePem());
        return path;
    }

    public void Dispose()
    {
        issued.ForEach(certificate => certificate.Dispose());
        authority.Dispose();
    }

    private X509Certificate2 Issue(string host, DateTimeOffset from, DateTimeOffset until, bool withLoopback = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(host, key, withLoopback).Create(authority, from, until, RandomNumberGenerator.GetBytes(16));
        return Keep(certificate.CopyWithPrivateKey(key));
    }

    private static CertificateRequest Request(string host, ECDsa key, bool withLoopback)
    {
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (withLoopback)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request;
    }

    private X509Certificate2 Keep(X509Certificate2 certificate)
    {
        issued.Add(certificate);
        return certificate;
    }
}
