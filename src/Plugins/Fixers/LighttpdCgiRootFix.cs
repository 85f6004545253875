using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Fixers;

/// <summary>
/// Restores the first part of the path for a host that treats it as a script name, and clears the mount path. Like Werkzeug's
/// LighttpdCGIRootFix.
/// </summary>
/// <remarks>
/// The server variable <c>SERVER_SOFTWARE</c> decides: if it is missing or names lighttpd before 1.4.28, the mount path is prepended to
/// the path. With later
/// versions and other servers, the path is already correct and only the mount path is cleared.
/// </remarks>
public static class LighttpdCgiRootFix
{
    static readonly Version FirstRight = new(1, 4, 28);
    static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    /// <summary>Wraps an application with the fix.</summary>
    /// <param name="app">The application, usually <c>app.AppDelegate</c>.</param>
    public static RequestDelegate Wrap(RequestDelegate app) => http =>
    {
        var path = RequestPath.PathInfo(http);
        if (TakesRoot(http.Features.Get<IServerVariablesFeature>()?["SERVER_SOFTWARE"])) path = http.Request.PathBase.Value + path;
        http.Request.PathBase = PathString.Empty;
        http.Request.Path = MountPath.Rooted(path);
        return app(http);
    };

    // Compares numbers, not text: 1.4.9 is before 1.4.28.
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
