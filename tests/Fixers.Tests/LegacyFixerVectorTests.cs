using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Fixers.Tests;

public sealed class LegacyFixerVectorTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_older_fixers_work_as_in_Werkzeug()
    {
        var vectors = new VectorFile("fixers_legacy.json", output);

        foreach (var vector in VectorFile.Load("fixers_legacy.json").EnumerateArray())
        {
            var fixer = vector.GetProperty("fixer").GetString()!;
            if (vector.TryGetProperty("environ", out var environ)) await CheckPath(vectors, vector, fixer, environ);
            else await CheckHeaders(vectors, vector, fixer);
        }

        vectors.Finish();
    }

    static async Task CheckPath(VectorFile vectors, JsonElement vector, string fixer, JsonElement environ)
    {
        var http = new DefaultHttpContext();
        http.Request.PathBase = environ.GetProperty("SCRIPT_NAME").GetString();
        http.Request.Path = environ.GetProperty("PATH_INFO").GetString();
        http.Features.Set<IServerVariablesFeature>(new Variables(environ));
        var args = vector.GetProperty("args");
        var app = fixer switch
        {
            "CGIRootFix" => CgiRootFix.Wrap(Ends, args.TryGetProperty("app_root", out var root) ? root.GetString()! : "/"),
            "LighttpdCGIRootFix" => LighttpdCgiRootFix.Wrap(Ends),
            "PathInfoFromRequestUriFix" => PathInfoFromRequestUriFix.Wrap(Ends),
            _ => throw new NotSupportedException(fixer),
        };

        await app(http);

        var expect = vector.GetProperty("expect");
        vectors.Check(vector.ToString(), Show(expect), $"{http.Request.PathBase.Value} {http.Request.Path.Value}", Deviation(fixer, environ, expect));
    }

    static string Show(JsonElement environ) => $"{environ.GetProperty("SCRIPT_NAME")} {environ.GetProperty("PATH_INFO")}";

    // Upstream's bugs; tests/Vectors/DEVIATIONS.md names them.
    static string? Deviation(string fixer, JsonElement environ, JsonElement expect)
    {
        var (mount, path) = (environ.GetProperty("SCRIPT_NAME").GetString()!, environ.GetProperty("PATH_INFO").GetString()!);
        switch (fixer)
        {
            case "CGIRootFix":
                return expect.GetProperty("SCRIPT_NAME").GetString() is { Length: > 0 } bare ? $"/{bare.TrimStart('/')} {path}" : null;
            case "LighttpdCGIRootFix" when environ.TryGetProperty("SERVER_SOFTWARE", out var software):
                var isOld = software.GetString()!.Split('/') is ["lighttpd", var version] && Version.Parse(version) < new Version(1, 4, 28);
                return $" {(isOld ? mount + path : path)}";
            case "PathInfoFromRequestUriFix":
                return Uris.Select(name => environ.TryGetProperty(name, out var uri) ? Below(uri.GetString()!, mount) : null)
                    .FirstOrDefault(below => below is not null) is { } found ? $"{mount} {found}" : $"{mount} {path}";
            default: return null;
        }
    }

    static readonly string[] Uris = ["REQUEST_URL", "REQUEST_URI", "UNENCODED_URL"];

    // The query is removed before decoding, and a mount ends at a segment.
    static string? Below(string uri, string mount)
    {
        var path = Uri.UnescapeDataString(uri.Split('?')[0]);
        return path == mount || path.StartsWith($"{mount}/", StringComparison.Ordinal) ? path[mount.Length..] : null;
    }

    static async Task CheckHeaders(VectorFile vectors, JsonElement vector, string fixer)
    {
        var (sent, args) = (Pairs(vector.GetProperty("response_headers")), vector.GetProperty("args"));
        RequestDelegate view = http =>
        {
            foreach (var (name, value) in sent) http.Response.Headers.Append(name, value);
            return Task.CompletedTask;
        };
        var app = new ModularApp();
        app.AppDelegate = fixer == "HeaderRewriterFix"
            ? HeaderRewriterFix.Wrap(view, new() { Remove = Names(args, "remove_headers"), Add = Added(args) })
            : InternetExplorerFix.Wrap(view, new() { FixVary = Flag(args, "fix_vary"), FixAttach = Flag(args, "fix_attach") });
        var agent = vector.TryGetProperty("user_agent", out var text) ? text.GetString()! : "";
        await using var client = app.TestClient();

        var response = await client.GetAsync("/", new() { Headers = agent.Length > 0 ? [("User-Agent", agent)] : [] });

        var ours = Show(response.Headers.SelectMany(header => header.Value.Select(value => (header.Key, value!))));
        var expect = vector.GetProperty("expect");
        // Upstream fails where Cache-Control has no "no-cache"; the directives are removed there too.
        if (expect.ValueKind == JsonValueKind.Object) vectors.Check(vector.ToString(), "KeyError", ours, Show(Downloadable(sent)));
        else vectors.Check(vector.ToString(), Show(Pairs(expect)), ours);
    }

    static IEnumerable<(string, string)> Downloadable(List<(string Name, string Value)> sent)
    {
        foreach (var (name, value) in sent)
        {
            var kept = name switch
            {
                "Pragma" => value.Split(", ").Where(directive => directive != "no-cache"),
                "Cache-Control" => value.Split(", ").Where(directive => directive is not ("no-cache" or "no-store")),
                _ => [value],
            };
            if (kept.Any()) yield return (name, string.Join(", ", kept));
        }
    }

    // The order of different names doesn't matter; the order of one name's values does.
    static string Show(IEnumerable<(string Name, string Value)> headers) =>
        string.Join(" | ", headers.OrderBy(header => header.Name.ToLowerInvariant(), StringComparer.Ordinal).Select(header => $"{header.Name.ToLowerInvariant()}: {header.Value}"));

    static List<(string Name, string Value)> Pairs(JsonElement headers) =>
        [.. headers.EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!))];

    static List<(string, string)> Added(JsonElement args) =>
        args.TryGetProperty("add_headers", out var added) && added.ValueKind == JsonValueKind.Array ? Pairs(added) : [];

    static List<string> Names(JsonElement args, string name) =>
        args.TryGetProperty(name, out var names) && names.ValueKind == JsonValueKind.Array ? [.. names.EnumerateArray().Select(one => one.GetString()!)] : [];

    static bool Flag(JsonElement args, string name) => !args.TryGetProperty(name, out var flag) || flag.GetBoolean();

    static Task Ends(HttpContext http) => Task.CompletedTask;

    // The variables of a CGI host.
    sealed class Variables(JsonElement environ) : IServerVariablesFeature
    {
        public string? this[string name]
        {
            get => environ.TryGetProperty(name, out var value) ? value.GetString() : null;
            set => throw new NotSupportedException();
        }
    }
}
