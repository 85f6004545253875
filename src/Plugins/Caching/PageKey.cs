using System.Text;

namespace Modular.Caching;

/// <summary>Keys of pages: all that makes different pages, in one text.</summary>
static class PageKey
{
    internal static string Of(RequestContext context, CachedAttribute cached, string? user)
    {
        var (http, request) = (context.Http.Request, context.Request);
        var key = new StringBuilder("page");
        Add($"{http.Scheme}://{http.Host.Value}");
        Add(http.PathBase.Value ?? "");
        Add(request.Path);
        Add(user is null ? "" : $"user {user}");
        Add(cached.Languages is { } languages ? request.AcceptLanguages.Best(languages) ?? "" : "");
        foreach (var name in (cached.Query ?? request.Args.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            foreach (var value in request.Args.GetAll(name)) Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
        return key.ToString();

        // Pieces can't contain a line feed once it is escaped, so no two lists of pieces make the same key.
        void Add(string piece) => key.Append('\n')
            .Append(piece.Replace("%", "%25", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal));
    }

    /// <summary>The key with the values of the headers that the pages vary by.</summary>
    internal static string With(string key, IReadOnlyList<string> vary, RequestContext context)
    {
        if (vary.Count == 0) return key;
        var sent = context.Http.Request.Headers;
        return $"{key}\nvary\n{string.Join('\n', vary.Select(name => $"{name}: {string.Join(',', sent[name].AsEnumerable())}"))}";
    }
}
