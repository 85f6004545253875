using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Modular.Debugger;

/// <summary>Reads the data of a request and the application for the page. An error in one part is shown in its place.</summary>
sealed class FactReader(ModularApp app, Masking masking)
{
    const int MostBody = 1024 * 1024;

    readonly ValueText _values = new(masking);

    internal Failure Read(RequestContext context, Exception error)
    {
        var request = context.Request;
        var slots = context.Slots;
        List<Section> sections =
        [
            Table("Request", () => Line(request, context)),
            Table("Variables of the rule", () => (request.ViewArgs ?? new Dictionary<string, object?>())
                .Select(pair => Of(pair.Key, pair.Value))),
            Table("Query", () => request.Args.Pairs.Select(pair => Of(pair.Key, pair.Value))),
            Table("Form", () => request.Form.Pairs.Select(pair => Of(pair.Key, pair.Value))),
            .. OfHttp(context.Http.Request),
            .. slots.Where(slot => slot.Value is not null).Select(OfSlot),
            Table("g", () => context.G.Select(pair => Of(pair.Key, pair.Value))),
            .. OfApplication(slots),
        ];
        var session = slots.FirstOrDefault(slot => slot.Name == "session")?.Value;
        return new(error, request.Method, Url(context.Http.Request, request.ViewArgs), FormatFor(request.Accept), sections, Copy(request),
            context.G, session);
    }

    /// <summary>Reads the data of a failure outside the application, without a context.</summary>
    internal Failure ReadWithoutContext(HttpContext http, Exception error)
    {
        var accept = http.Request.Headers.Accept.ToString();
        var format = accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? Format.Html
            : accept.Contains("json", StringComparison.OrdinalIgnoreCase) ? Format.Problem : Format.Text;
        return new(error, http.Request.Method, Url(http.Request, null), format,
        [
            Table("Query", () => http.Request.Query.Select(pair => Of(pair.Key, pair.Value.ToString()))),
            .. OfHttp(http.Request), .. OfApplication([]),
        ], null, null, null);
    }

    // A client that accepts any type is a program and gets text.
    static Format FormatFor(AcceptHeader accept) =>
        accept.Best("text/plain", "text/html", "application/problem+json", "application/json") switch
        {
            "text/html" => Format.Html,
            "application/problem+json" or "application/json" => Format.Problem,
            _ => Format.Text,
        };

    static IEnumerable<Fact> Line(Request request, RequestContext context)
    {
        yield return new("method", request.Method);
        yield return new("protocol", $"{context.Http.Request.Protocol} ({context.Http.Request.Scheme})");
        yield return new("endpoint", request.Endpoint ?? "none: no rule matched");
        if (request.Rule is { } rule) yield return new("rule", rule.ToString());
        if (request.Blueprint is { } blueprint) yield return new("blueprint", blueprint);
        yield return new("client", context.Http.Connection.RemoteIpAddress?.ToString() ?? "in this process");
        if (context.Http.Request.ContentType is { } type)
        {
            var length = context.Http.Request.ContentLength?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of";
            yield return new("body", $"{type}, {length} bytes");
        }
    }

    IEnumerable<Section> OfHttp(HttpRequest request)
    {
        yield return Table("Headers", () => request.Headers.Select(header => new Fact(header.Key,
            Header(header.Key, header.Value.ToString()))));
        yield return Table("Cookies", () => request.Cookies.Select(cookie => new Fact(cookie.Key,
            masking.HidesCookie(cookie.Key, cookie.Value) ? Masking.Stars : cookie.Value)));
    }

    // The referrer can contain a query with secrets.
    string Header(string name, string value) =>
        name.Equals("Referer", StringComparison.OrdinalIgnoreCase) ? value.Split('?')[0] : masking.Show(name, value);

    Section OfSlot(RequestSlot slot) => Table(slot.Name, () =>
        slot.Value is IEnumerable<KeyValuePair<string, object?>> pairs
            ? pairs.Select(pair => Of(pair.Key, pair.Value))
            : [Of(slot.Name, slot.Value)]);

    IEnumerable<Section> OfApplication(IReadOnlyList<RequestSlot> slots)
    {
        if (slots.Where(slot => slot.Value is null).Select(slot => slot.Name).ToList() is { Count: > 0 } unread)
            yield return new("Not read in this request", [], string.Join(", ", unread));
        yield return Table("Plugins", () => app.Plugins.Select(plugin => new Fact(plugin.Manifest.Id, plugin.Version ?? "")));
        yield return Table("Application", () =>
        [
            new("name", app.Name), new("folder", app.Options.RootPath),
            new("Modular", VersionOf(typeof(ModularApp).Assembly)),
            new(".NET", Environment.Version.ToString()), new("system", System.Runtime.InteropServices.RuntimeInformation.OSDescription),
        ]);
        yield return Table("Configuration", () => app.Config.AsEnumerable().Where(pair => pair.Value is not null)
            .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(pair => Of(pair.Key, pair.Value)));
    }

    Fact Of(string name, object? value) => new(name, masking.HidesName(name) ? Masking.Stars : _values.Of(name, value));

    // The path also contains the value of a secret variable.
    string Url(HttpRequest request, IReadOnlyDictionary<string, object?>? variables)
    {
        var url = $"{request.Scheme}://{request.Host.Value}{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}";
        foreach (var (name, value) in variables ?? new Dictionary<string, object?>())
            if (value?.ToString() is { Length: > 0 } text && masking.Hides(name, text))
                url = url.Replace(text, Masking.Stars, StringComparison.Ordinal)
                    .Replace(Uri.EscapeDataString(text), Masking.Stars, StringComparison.Ordinal);
        return url;
    }

    static RequestCopy Copy(Request request)
    {
        byte[] body = [];
        try
        {
            if (request.Data is { Length: <= MostBody } data) body = data.ToArray();
        }
        catch (Exception error) when (error is HttpException or ModularException)
        {
            // The body wasn't read completely, so the copy has none.
        }
        return RequestCopy.Of(request.Http.Request, body);
    }

    // Without the commit, which the SDK appends after a plus.
    static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    static Section Table(string title, Func<IEnumerable<Fact>> read)
    {
        try
        {
            return new(title, [.. read()]);
        }
        catch (Exception error)
        {
            return new(title, [], $"This couldn't be read. {error.GetType().Name}: {error.Message}");
        }
    }
}
