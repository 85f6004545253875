namespace Modular.Fixers;

/// <summary>What <see cref="HeaderRewriterFix"/> does to an answer's headers.</summary>
public sealed record HeaderRewriterFixOptions
{
    /// <summary>Names of headers to take out, without regard to case. Default: none.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Headers to add, after the removal; those of the same name that are there stay. Default: none.</summary>
    public IReadOnlyList<(string Name, string Value)> Add { get; init; } = [];
}

/// <summary>Takes headers out of every answer and adds others. As Werkzeug's HeaderRewriterFix.</summary>
public static class HeaderRewriterFix
{
    /// <summary>The application with the fix around it.</summary>
    /// <param name="app">Mostly <c>app.AppDelegate</c>.</param>
    /// <param name="options">What goes and what comes.</param>
    /// <exception cref="ModularException">A header to add cannot be sent.</exception>
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
            $"HeaderRewriterFix cannot add the header \"{name}\" with the value \"{value}\". Use letters, digits and dashes in the name, and ASCII without control characters in the value.");
    }

    static void Rewrite(IHeaderDictionary headers, HeaderRewriterFixOptions options)
    {
        foreach (var name in options.Remove) headers.Remove(name);
        foreach (var (name, value) in options.Add) headers.Append(name, value);
    }
}
