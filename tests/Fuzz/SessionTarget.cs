using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using Modular.Sessions;

namespace Modular.Fuzz;

/// <summary>An input as a session: as the JSON of a good signature, as what is compressed in one, as a whole cookie, and as a value that is written.</summary>
static class SessionTarget
{
    const string Key = "0123456789abcdef0123456789abcdef";

    static readonly TimedSigner Signer = new(Key, SessionSerializer.FlaskCookie with { Separator = '.' });

    internal static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        New().Deserialize(text);
        Read(Base64Url.EncodeToString(input));
        Read($".{Base64Url.EncodeToString(input)}");
        Read($".{Base64Url.EncodeToString(Fold(input))}");
        // Long ones are compressed.
        var value = new Dictionary<string, object?> { ["bytes"] = input.ToArray(), ["text"] = Encoding.Latin1.GetString(input), ["list"] = new List<object?> { input.Length, "text" } };
        var back = New().Deserialize(New().Serialize(value)).Value as Dictionary<string, object?>;
        Targets.Demand(back is not null && input.SequenceEqual((byte[])back["bytes"]!) && value["text"]!.Equals(back["text"]) && back["list"] is List<object?> { Count: 2 }, "A session does not come back.");
    }

    static SessionSerializer New() => new(Key);

    // A valid value is written again and read as the same value.
    static void Read(string payload)
    {
        var first = New().Deserialize(Signer.Sign(payload));
        Targets.Demand(first.Problem is SignatureProblem.None or SignatureProblem.Payload, "A good signature is refused.");
        if (!first.IsGood) return;
        var written = New().Serialize(first.Value);
        Targets.Demand(Payload(written) == Payload(New().Serialize(New().Deserialize(written).Value)), "A session is another when it was written and read.");
    }

    static string Payload(string cookie) => cookie[..cookie.LastIndexOf('.', cookie.LastIndexOf('.') - 1)];

    static byte[] Fold(ReadOnlySpan<byte> input)
    {
        var folded = new MemoryStream();
        using (var zlib = new ZLibStream(folded, CompressionLevel.Fastest)) zlib.Write(input);
        return folded.ToArray();
    }
}
