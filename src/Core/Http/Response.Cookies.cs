using Microsoft.Net.Http.Headers;

namespace Modular;

public sealed partial class Response
{
    /// <summary>The longest <c>Set-Cookie</c> header that browsers take, name and attributes included; RFC 6265 §6.1 asks for 4096.</summary>
    public const int MaxCookieSize = 4093;

    /// <summary>Adds a cookie. A value with spaces, quotes or other scripts is quoted, and <c>Request.Cookies</c> reads it back.</summary>
    /// <param name="name">Letters, digits and <c>!#$%&amp;'*+-.^_`|~</c>.</param>
    /// <param name="value">Any text; browsers drop a cookie whose whole header passes <see cref="MaxCookieSize"/> bytes.</param>
    /// <param name="options">
    /// Default: the whole site, until the browser closes. <c>MaxAge</c> is sent as <c>Expires</c> too, for old clients. Of <c>Domain</c>, a port and leading dots are dropped, and other
    /// scripts become Punycode. With <c>Extensions = { "Partitioned" }</c> the cookie is kept apart for each site that embeds this one, and <c>Secure</c> goes along.
    /// </param>
    /// <exception cref="ModularException">The name or the domain cannot be sent.</exception>
    public void SetCookie(string name, string value = "", CookieOptions? options = null) =>
        Headers.SetCookie = StringValues.Concat(Headers.SetCookie, Modular.SetCookie.Format(name, value, options ?? new(), Clock));

    /// <summary>Tells the browser to forget a cookie.</summary>
    /// <param name="name">The cookie's name.</param>
    /// <param name="options">Path and domain have to be those that it was set with.</param>
    /// <exception cref="ModularException">The name or the domain cannot be sent.</exception>
    public void DeleteCookie(string name, CookieOptions? options = null) =>
        SetCookie(name, "", new(options ?? new()) { Expires = DateTimeOffset.UnixEpoch, MaxAge = TimeSpan.Zero });

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
}
