using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Modular.Tests.Support;

/// <summary>A certificate that only these tests trust.</summary>
public static class Certificate
{
    /// <summary>The certificate and its key, as web servers read them.</summary>
    public static string Pem { get; } = Make();

    public static string Hash { get; } = X509Certificate2.CreateFromPem(Pem).GetCertHashString();

    static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
