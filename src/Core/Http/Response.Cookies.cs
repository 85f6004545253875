using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Modular;

public sealed partial class Response
{
    /// <summary>Adds a cookie. A value with spaces, quotes or other scripts is quoted, and <c>Request.Cookies</c> reads it back.</summary>
    /// <param name="name">Letters, digits and <c>!#$%&amp;'*+-.^_`|~</c>.</param>
    /// <param name="value">Any text; browsers drop a cookie whose whole header passes 4093 bytes.</param>
    /// <param name="attributes">Default: the whole site, until the browser closes.</param>
    /// <exception cref="ModularException">The name or the domain cannot be sent.</exception>
    public void SetCookie(string name, string value = "", CookieAttributes? attributes = null) =>
        Headers[HeaderNames.SetCookie] = StringValues.Concat(
            Headers[HeaderNames.SetCookie], Modular.SetCookie.Format(name, value, attributes ?? CookieAttributes.Default, Clock));

    /// <summary>The longest line that browsers take, name and attributes included. RFC 6265 §6.1 asks for 4096.</summary>
    internal const int MaxCookieSize = 4093;

    /// <summary>The first cookie that browsers will drop for its size; null when there is none.</summary>
    internal string? TooLargeCookie
    {
        get
        {
            if (_headers is null) return null;
            foreach (var cookie in _headers[HeaderNames.SetCookie])
                if (cookie?.Length > MaxCookieSize) return cookie;
            return null;
        }
    }

    /// <summary>Tells the browser to forget a cookie.</summary>
    /// <param name="name">The cookie's name.</param>
    /// <param name="attributes">Path and domain have to be those that it was set with.</param>
    /// <exception cref="ModularException">The name or the domain cannot be sent.</exception>
    public void DeleteCookie(string name, CookieAttributes? attributes = null) =>
        SetCookie(name, "", (attributes ?? CookieAttributes.Default) with { Expires = DateTimeOffset.UnixEpoch, MaxAge = TimeSpan.Zero });
}
