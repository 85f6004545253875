namespace Modular.Templating;

/// <summary>The members of the core's objects that templates can read, under Flask's names.</summary>
static class CoreObjects
{
    static readonly object Nothing = new();

    internal static bool Has(Type type) =>
        type == typeof(Request) || type == typeof(RequestItems) || type == typeof(MultiDict) || type.IsAssignableTo(typeof(HttpException));

    internal static bool TryGetMember(object target, string name, out object? value)
    {
        value = target switch
        {
            Request request => Of(request, name),
            RequestItems items => items.ContainsKey(name) ? items[name] : Nothing,
            MultiDict values => values.Find(name) ?? Nothing,
            HttpException error => Of(error, name),
            _ => Nothing,
        };
        if (!ReferenceEquals(value, Nothing)) return true;
        value = null;
        return false;
    }

    static object? Of(HttpException error, string name) => name switch
    {
        "code" or "status" => error.Status,
        "name" => error.Name,
        "description" => error.Description,
        _ => Nothing,
    };

    static object? Of(Request request, string name) => name switch
    {
        "method" => request.Method,
        "path" => request.Path,
        "full_path" => request.FullPath,
        "query_string" => request.QueryString,
        "script_root" => request.ScriptRoot,
        "url" => request.Url,
        "base_url" => request.BaseUrl,
        "url_root" or "root_url" => request.UrlRoot,
        "host" => request.Host,
        "host_url" => request.HostUrl,
        "scheme" => request.Scheme,
        "is_secure" => request.IsSecure,
        "args" => request.Args,
        "form" => request.Form,
        "values" => request.Values,
        "cookies" => request.Cookies,
        "headers" => request.Headers,
        "is_json" => request.IsJson,
        "json" => request.GetJson(silent: true),
        "endpoint" => request.Endpoint,
        "view_args" => request.ViewArgs,
        "blueprint" => request.Blueprint,
        "blueprints" => request.Blueprints,
        "content_type" => request.ContentType,
        "content_length" => request.ContentLength,
        "mimetype" => request.MimeType,
        "remote_addr" => request.RemoteAddr,
        "referrer" => request.Referrer,
        "origin" => request.Origin,
        "user_agent" => request.UserAgent,
        _ => Nothing,
    };
}
