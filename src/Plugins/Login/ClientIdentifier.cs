using System.Security.Cryptography;
using System.Text;

namespace Modular.Login;

/// <summary>
/// A hash of the visitor's address and User-Agent, as Flask-Login 0.6 stores it under <c>_id</c>: both can share a session.
/// </summary>
static class ClientIdentifier
{
    /// <summary>Null for a request without both, as in a test's session transaction: such a login has no protection.</summary>
    internal static string? Of(Request request) => (request.RemoteAddr, request.UserAgent) switch
    {
        (null, null) => null,
        var (address, browser) => Hash($"{Literal(address)}|{Literal(browser)}"),
    };

    /// <summary>True for the visitor of the identifier, also for one that a newer Flask-Login made, which hashes the plain texts.</summary>
    internal static bool IsOf(Request request, string identifier) =>
        identifier == Of(request) || identifier == Hash($"{request.RemoteAddr ?? "None"}|{request.UserAgent}");

    static string Hash(string text) => Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(text)));

    // Flask-Login 0.6 formats both as Python's bytes.
    static string Literal(string? text)
    {
        if (text is null) return "None";
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var literal = new StringBuilder("b").Append(quote);
        foreach (var one in Encoding.UTF8.GetBytes(text))
            _ = one switch
            {
                (byte)'\t' => literal.Append("\\t"),
                (byte)'\n' => literal.Append("\\n"),
                (byte)'\r' => literal.Append("\\r"),
                (byte)'\\' => literal.Append("\\\\"),
                _ when one == quote => literal.Append('\\').Append(quote),
                >= 0x20 and < 0x7f => literal.Append((char)one),
                _ => literal.Append("\\x").Append(Convert.ToHexStringLower([one])),
            };
        return literal.Append(quote).ToString();
    }
}
