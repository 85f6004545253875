using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Fixers;

/// <summary>
/// For hosts that take the first part of the path for a script: it is put back, and the mount is empty. As Werkzeug's LighttpdCGIRootFix.
/// </summary>
/// <remarks>
/// The server variable <c>SERVER_SOFTWARE</c> decides: without one, and with lighttpd before 1.4.28, the mount and the path become the path; with later
/// ones and with other servers the path is right already, and only the mount goes.
/// </remarks>
public static class LighttpdCgiRootFix
{
    static readonly Version FirstRight = new(1, 4, 28);
    static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    /// <summary>The application with the fix around it.</summary>
    /// <param name="app">Mostly <c>app.AppDelegate</c>.</param>
    public static RequestDelegate Wrap(RequestDelegate app) => http =>
    {
        var path = RequestPath.PathInfo(http);
        if (TakesRoot(http.Features.Get<IServerVariablesFeature>()?["SERVER_SOFTWARE"])) path = http.Request.PathBase.Value + path;
        http.Request.PathBase = PathString.Empty;
        http.Request.Path = MountPath.Rooted(path);
        return app(http);
    };

    // Numbers, not texts: 1.4.9 is before 1.4.28.
    internal static bool TakesRoot(string? software)
    {
        const string Name = "lighttpd/";
        if (string.IsNullOrEmpty(software)) return true;
        if (!software.StartsWith(Name, StringComparison.OrdinalIgnoreCase)) return false;
        var version = software.AsSpan(Name.Length);
        var end = version.IndexOfAnyExcept(VersionCharacters);
        return Version.TryParse(end < 0 ? version : version[..end], out var number) && number < FirstRight;
    }
}
