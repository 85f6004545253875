namespace Modular;

/// <summary>The rule of a folder of static files: <c>/static/&lt;path:filename&gt;</c>, endpoint <c>static</c>.</summary>
static class StaticRoute
{
    /// <param name="url">The URL before the file names. Default: a slash and the folder's name.</param>
    internal static void Add(Scaffold scope, string path, string? url)
    {
        var folder = new StaticFolder(path);
        Func<RequestContext, Response> view = context => folder.Send(context.Http, ViewArguments.Text(context, 0));
        scope.Route($"{(url ?? "/" + Path.GetFileName(path.TrimEnd('/', '\\'))).TrimEnd('/')}/<path:filename>", view, endpoint: "static");
    }
}
