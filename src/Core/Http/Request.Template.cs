namespace Modular;

// What templates may read of a request: its data, under Flask's names.
public sealed partial class Request : ITemplateObject
{
    bool ITemplateObject.TryGetMember(string name, out object? value)
    {
        value = name switch
        {
            "method" => Method,
            "path" => Path,
            "full_path" => FullPath,
            "query_string" => QueryString,
            "script_root" => ScriptRoot,
            "url" => Url,
            "base_url" => BaseUrl,
            "url_root" or "root_url" => UrlRoot,
            "host" => Host,
            "host_url" => HostUrl,
            "scheme" => Scheme,
            "is_secure" => IsSecure,
            "args" => Args,
            "form" => Form,
            "values" => Values,
            "cookies" => Cookies,
            "headers" => Headers,
            "is_json" => IsJson,
            "json" => GetJson(silent: true),
            "endpoint" => Endpoint,
            "view_args" => ViewArgs,
            "blueprint" => Blueprint,
            "blueprints" => Blueprints,
            "content_type" => ContentType,
            "content_length" => ContentLength,
            "mimetype" => MimeType,
            "remote_addr" => RemoteAddr,
            "referrer" => Referrer,
            "origin" => Origin,
            "user_agent" => UserAgent,
            _ => Nothing,
        };
        if (!ReferenceEquals(value, Nothing)) return true;
        value = null;
        return false;
    }

    static readonly object Nothing = new();
}
