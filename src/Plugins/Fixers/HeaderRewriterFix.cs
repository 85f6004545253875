namespace Modular.Fixers;

/// <summary>The changes that <see cref="HeaderRewriterFix"/> makes to the headers of a response.</summary>
public sealed record HeaderRewriterFixOptions
{
    /// <summary>The case-insensitive names of headers to remove. Default: none.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>The headers to add after the removal. Existing headers with the same name stay. Default: none.</summary>
    public IReadOnlyList<(string Name, string Value)> Add { get; init; } = [];
}

/// <summary>Removes headers from every response and adds others. Like Werkzeug's HeaderRewriterFix.</summary>
public static class HeaderRewriterFix
{
    /// <summary>Wraps an application with the fix.</summary>
    /// <param name="app">The application, usually <c>app.AppDelegate</c>.</param>
    /// <param name="options">The headers to remove and to add.</param>
    /// <exception cref="ModularException">A header to add isn't valid.</exception>
    public static RequestDelegate Wrap(RequestDelegate app, HeaderRewriterFixOptions options)
    {
        foreach (var (name, value) in options.Add) Check(name, value);
        Func<object, Task> rewrite = response =>
        {
            Rewrite(((HttpResponse)response).Headers, options);
            return Task.CompletedTask;
        };
        return http =>
        {
            http.Response.OnStarting(rewrite, http.Response);
            return app(http);
        };
    }

    static void Check(string name, string value)
    {
        var isName = name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));
        if (isName && value.All(c => c == '\t' || c is >= ' ' and <= '~')) return;
        throw new ModularException(
            $"HeaderRewriterFix can't add the header \"{name}\" with the value \"{value}\". " +
            "Use letters, digits and dashes in the name, and ASCII without control characters in the value.");
    }

    static void Rewrite(IHeaderDictionary headers, HeaderRewriterFixOptions options)
    {
        foreach (var name in options.Remove) headers.Remove(name);
        foreach (var (name, value) in options.Add) headers.Append(name, value);
    }
}
