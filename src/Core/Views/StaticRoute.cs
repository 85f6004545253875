namespace Modular;

/// <summary>The rule of a folder of static files: <c>/static/&lt;path:filename&gt;</c>, endpoint <c>static</c>.</summary>
static class StaticRoute
{
    /// <param name="url">The URL before the file names. Default: a slash and the folder's name.</param>
    /// <param name="host">Where hosts are matched.</param>
    internal static void Add(Scaffold scope, string path, string? url, string? host = null)
    {
        // By name: the prefix or the host around it may have variables of its own.
        Func<RequestContext, Response> view = context => Response.FileIn(
            path, context.Http, ViewArguments.Text(context, context.Rule!.IndexOf("filename")), SendFileOptions.Of(null, context.Plan.Options.SendFileMaxAge));
        scope.Route($"{(url ?? "/" + Path.GetFileName(path.TrimEnd('/', '\\'))).TrimEnd('/')}/<path:filename>", view, endpoint: "static",
            options: new() { Host = host }).ExcludeFromDescription();
    }
}
