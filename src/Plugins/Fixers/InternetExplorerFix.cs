using Microsoft.Extensions.Primitives;

namespace Modular.Fixers;

/// <summary>The fixes that <see cref="InternetExplorerFix"/> applies.</summary>
public sealed record InternetExplorerFixOptions
{
    /// <summary>
    /// Removes <c>Vary</c> from responses that aren't text, because Internet Explorer doesn't cache them otherwise. Default true.
    /// </summary>
    public bool FixVary { get; init; } = true;

    /// <summary>
    /// Removes <c>no-cache</c> and <c>no-store</c> from downloads, because Internet Explorer can't open them otherwise. Default true.
    /// </summary>
    public bool FixAttach { get; init; } = true;
}

/// <summary>Adjusts responses for Internet Explorer only. Like Werkzeug's InternetExplorerFix.</summary>
public static class InternetExplorerFix
{
    /// <summary>Wraps an application with the fix.</summary>
    /// <param name="app">The application, usually <c>app.AppDelegate</c>.</param>
    /// <param name="options">Default: both fixes.</param>
    public static RequestDelegate Wrap(RequestDelegate app, InternetExplorerFixOptions? options = null)
    {
        var chosen = options ?? new();
        Func<object, Task> fix = response =>
        {
            Fix(((HttpResponse)response).Headers, chosen);
            return Task.CompletedTask;
        };
        return http =>
        {
            if (IsInternetExplorer(http.Request.Headers.UserAgent.ToString())) http.Response.OnStarting(fix, http.Response);
            return app(http);
        };
    }

    // Old versions of Opera also contain MSIE.
    static bool IsInternetExplorer(string agent) =>
        (agent.Contains("MSIE ", StringComparison.Ordinal) || agent.Contains("Trident/", StringComparison.Ordinal))
        && !agent.Contains("Opera", StringComparison.OrdinalIgnoreCase);

    static void Fix(IHeaderDictionary headers, InternetExplorerFixOptions options)
    {
        if (options.FixVary && !IsText(headers.ContentType.ToString())) headers.Remove("Vary");
        if (!options.FixAttach || StringValues.IsNullOrEmpty(headers.ContentDisposition)) return;
        headers.Pragma = Without(headers.Pragma, "no-cache");
        headers.CacheControl = Without(headers.CacheControl, "no-cache", "no-store");
    }

    static bool IsText(string type)
    {
        var end = type.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? type : type[..end]).Trim(' ', '\t').ToLowerInvariant() is "text/html" or "text/plain" or "text/sgml";
    }

    // The other directives, in their original order.
    static StringValues Without(StringValues header, params ReadOnlySpan<string> directives)
    {
        var kept = new List<string>();
        foreach (var part in header.ToString().Split(','))
            if (part.Trim(' ', '\t') is { Length: > 0 } directive && !IsAmong(directive, directives)) kept.Add(directive);
        return kept.Count == 0 ? StringValues.Empty : string.Join(", ", kept);
    }

    static bool IsAmong(string directive, ReadOnlySpan<string> directives)
    {
        var name = directive.AsSpan(0, directive.IndexOf('=', StringComparison.Ordinal) is >= 0 and var end ? end : directive.Length);
        foreach (var one in directives)
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
