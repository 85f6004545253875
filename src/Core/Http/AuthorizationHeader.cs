namespace Modular;

/// <summary>The client's credentials in the <c>Authorization</c> header, RFC 9110 §11.6.2. They haven't been checked.</summary>
public sealed class AuthorizationHeader
{
    AuthorizationHeader(string scheme, string parameter) => (Scheme, Parameter) = (scheme, parameter);

    /// <summary>In lower case, as <c>basic</c> or <c>bearer</c>.</summary>
    public string Scheme { get; }

    /// <summary>Everything after the scheme, as sent: the token of Bearer, the base64 text of Basic.</summary>
    public string Parameter { get; }

    /// <summary>The user of Basic (RFC 7617), read as UTF-8; null with other schemes.</summary>
    public string? UserName { get; private init; }

    /// <summary>The password of Basic; null with other schemes.</summary>
    public string? Password { get; private init; }

    internal static AuthorizationHeader? Parse(string? header)
    {
        if (header?.Trim(' ', '\t') is not { Length: > 0 } text) return null;
        var scheme = text.Split(' ')[0].ToLowerInvariant();
        var parameter = text[scheme.Length..].Trim(' ', '\t');
        if (scheme != "basic") return new(scheme, parameter);
        var bytes = new byte[parameter.Length];
        return Convert.TryFromBase64String(parameter, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var user, var password]
                ? new(scheme, parameter) { UserName = user, Password = password } : null;
    }
}
