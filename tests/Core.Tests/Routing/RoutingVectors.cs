using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Modular.Tests.Routing;

/// <summary>Turns the groups of routing.json and urlbuild.json into tables, and values into texts that can be compared.</summary>
static class RoutingVectors
{
    internal static RouteTable Table(JsonElement group)
    {
        var map = group.GetProperty("map");
        var hostMatching = Flag(map, "host_matching") ?? false;
        var options = new RoutingOptions
        {
            StrictSlashes = Flag(map, "strict_slashes") ?? true,
            MergeSlashes = Flag(map, "merge_slashes") ?? true,
            RedirectDefaults = Flag(map, "redirect_defaults") ?? true,
            HostMatching = hostMatching,
            SubdomainMatching = (Flag(map, "subdomain_matching") ?? true) && !hostMatching,
            DefaultSubdomain = Text(map, "default_subdomain") ?? "",
        };
        var table = new RouteTable(options, Converters(isFlask: Text(group, "source")!.StartsWith("flask", StringComparison.Ordinal)));
        foreach (var rule in group.GetProperty("rules").EnumerateArray())
        {
            var endpoint = Text(rule, "endpoint");
            table.Add(Text(rule, "rule")!, endpoint ?? "", OptionsOf(rule), endpoint);
        }
        return table;
    }

    internal static UrlBinding Binding(RouteTable rules, JsonElement bind, string queryString = "", string? scheme = null)
    {
        var place = new UrlPlace(
            scheme ?? Text(bind, "url_scheme") ?? "http",
            Text(bind, "server_name")!,
            (Text(bind, "script_name") ?? "").TrimEnd('/'),
            queryString,
            Text(bind, "default_method") ?? "GET");
        return new UrlBinding(rules, place, subdomain: Text(bind, "subdomain") ?? "");
    }

    internal static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static bool? Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    /// <summary>Names a case in the tables of deviations.</summary>
    internal static string Key(JsonElement group, JsonElement test) =>
        $"{Text(group, "source")} {JsonSerializer.Serialize(test.GetProperty("bind"))} {JsonSerializer.Serialize(test.GetProperty("args"))}";

    /// <summary>The value of a JSON element, as a .NET program would write it.</summary>
    internal static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number when element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => element.GetDouble(),
        JsonValueKind.Number when element.TryGetInt32(out var number) => number,
        JsonValueKind.Number => BigInteger.Parse(element.GetRawText(), CultureInfo.InvariantCulture),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
        _ when element.TryGetProperty("$uuid", out var uuid) => uuid.GetGuid(),
        _ when element.TryGetProperty("$tuple", out var tuple) => Value(tuple),
        _ => throw new NotSupportedException(element.GetRawText()),
    };

    /// <summary>A text in which different types never look the same.</summary>
    internal static string Show(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        double number => number.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().ContainsAny('.', 'E', '∞') ? text : text + ".0",
        IEnumerable<object?> list => $"[{string.Join(',', list.Select(Show))}]",
        Guid uuid => $"uuid:{uuid}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    static RuleOptions OptionsOf(JsonElement rule) => new()
    {
        Methods = rule.TryGetProperty("methods", out var methods) ? [.. methods.EnumerateArray().Select(method => method.GetString()!)] : null,
        Defaults = rule.TryGetProperty("defaults", out var defaults)
            ? defaults.EnumerateObject().ToDictionary(pair => pair.Name, pair => Value(pair.Value))
            : null,
        // The files hold what the default subdomain made of each rule, and leave out what is empty.
        Subdomain = Text(rule, "subdomain") ?? "",
        Host = Text(rule, "host"),
        StrictSlashes = Flag(rule, "strict_slashes"),
        MergeSlashes = Flag(rule, "merge_slashes"),
        RedirectTo = Text(rule, "redirect_to"),
        Alias = Flag(rule, "alias") ?? false,
        BuildOnly = Flag(rule, "build_only") ?? false,
        WebSocket = Flag(rule, "websocket") ?? false,
    };

    // The custom converters of the upstream tests; "foo" and "bar" are other names of the default one there.
    static ConverterTable Converters(bool isFlask)
    {
        var converters = new ConverterTable();
        converters.Add("foo", arguments => new StringConverter(arguments));
        converters.Add("bar", arguments => new StringConverter(arguments));
        converters.Add("regex", arguments => new RegexConverter(arguments.Texts.First()));
        converters.Add("two", _ => new TwoConverter());
        converters.Add("list", _ => new ListConverter(isFlask ? ',' : '.'));
        converters.Add("ctx", _ => new PlainConverter());
        return converters;
    }

    sealed class RegexConverter(string pattern) : UrlConverter
    {
        public override string Pattern => pattern;
    }

    sealed class TwoConverter : UrlConverter
    {
        public override string Pattern => @"\w+/\w+";

        public override object ToValue(string text) => text.Split('/');
    }

    // Flask's test has commas, Werkzeug's has dots; Python writes null as "None".
    sealed class ListConverter(char separator) : UrlConverter
    {
        public override object ToValue(string text) => text.Split(separator);

        public override string ToUrl(object value) => value is IEnumerable<object?> list
            ? base.ToUrl(string.Join(separator, list.Select(item => item ?? "None")))
            : throw new FormatException($"{value} is no list");
    }

    sealed class PlainConverter : UrlConverter;
}
