using Microsoft.Extensions.Logging;

namespace Modular.Csrf;

static partial class CsrfLog
{
    [LoggerMessage(1, LogLevel.Information, "{Method} {Path} was refused because a page of another site sent it: Sec-Fetch-Site {Site}, " +
        "Origin {Origin}, Referer {Referer}; this host is {Host}. If that page is yours, add its origin to CsrfOptions.TrustedOrigins. " +
        "If the host is wrong, tell the application about its proxy.")]
    internal static partial void CrossSite(
        ILogger logger, string method, string path, string site, string origin, string referer, string host);

    [LoggerMessage(2, LogLevel.Information, "{Method} {Path} has a view that reads the body itself, so its form can't be searched for a " +
        "token. Send the token in the header {Header}, or as the first field of a multipart form.")]
    internal static partial void Streamed(ILogger logger, string method, string path, string header);
}
