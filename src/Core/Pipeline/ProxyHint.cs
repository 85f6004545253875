namespace Modular;

/// <summary>Tells once that a proxy seems to stand in front and nobody reads its headers. It looks at the first requests only.</summary>
sealed class ProxyHint(ILogger logger)
{
    static readonly string[] Names =
    [
        "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded",
        "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Cluster-Client-IP", "Fastly-Client-IP", "X-Envoy-External-Address", "X-Azure-ClientIP", "X-ProxyUser-Ip",
    ];

    // What ASP.NET's own middleware leaves where it has changed something.
    static readonly string[] Marks = ["X-Original-For", "X-Original-Proto", "X-Original-Host"];

    int _left = 1000;

    internal void Look(HttpContext http)
    {
        if (_left <= 0) return;
        _left--;
        if (Sent(http, Names) is not { } header) return;
        _left = 0;
        if (http.Features.Get<OriginalAddress>() is null && Sent(http, Marks) is null) Log.ProxyUnread(logger, header);
    }

    static string? Sent(HttpContext http, string[] names)
    {
        var headers = http.Request.Headers;
        foreach (var name in names)
            if (headers.ContainsKey(name)) return name;
        return null;
    }
}
