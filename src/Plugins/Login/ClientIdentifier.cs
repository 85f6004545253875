using System.Security.Cryptography;
using System.Text;

namespace Modular.Login;

/// <summary>
/// A hash of the visitor's address and User-Agent, as Flask-Login stores it under <c>_id</c>: both can share a session.
/// </summary>
static class ClientIdentifier
{
    /// <summary>Null for a request without both, as in a test's session transaction: such a login has no protection.</summary>
    internal static string? Of(Request request) => (request.RemoteAddr, request.UserAgent) switch
    {
        (null, null) => null,
        var (address, browser) =>
            Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes($"{Literal(address)}|{Literal(browser)}"))),
    };

    // Flask-Login formats both as Python's bytes.
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
