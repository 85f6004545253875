using System.Text;

namespace Modular.Sessions;

/// <summary>
/// Signs text, so that a change by someone else is detected: <c>value.signature</c>. Compatible with itsdangerous' <c>Signer</c>.
/// </summary>
/// <remarks>The text stays readable. Thread: safe to share. Create one and keep it.</remarks>
/// <example><code>
/// var signer = new Signer(key, new() { Salt = "unsubscribe" });
/// var link = $"/unsubscribe/{signer.Sign(email)}";
/// if (signer.Unsign(token) is { IsGood: true, Value: var address }) …
/// </code></example>
/// <param name="key">Signs values, and is tried first to verify them.</param>
/// <param name="options">Default: itsdangerous' defaults.</param>
public sealed class Signer(SecretKey key, SignerOptions? options = null)
{
    readonly Signatures _signatures = new(key, options ?? new());

    /// <summary>Returns the value, the separator and the signature in base64url.</summary>
    public string Sign(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        var buffer = new byte[length + _signatures.Length];
        Encoding.UTF8.GetBytes(value, buffer);
        return Encoding.UTF8.GetString(buffer, 0, _signatures.Append(buffer, length));
    }

    /// <summary>Verifies a signed text and returns its value. Never throws for an invalid text.</summary>
    public Unsigned<string> Unsign(string signed)
    {
        var problem = _signatures.TryRemove(Encoding.UTF8.GetBytes(signed), out var value);
        return problem == SignatureProblem.None ? new(problem, Encoding.UTF8.GetString(value)) : new(problem, null);
    }
}
