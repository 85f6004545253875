using System.Globalization;
using System.Numerics;

namespace Conformance;

static class BuildingPart
{
    internal static void AddTo(ModularApp app) => app.Route("/build", Build, endpoint: "build");

    static Response Build(Request request)
    {
        try
        {
            return Plain.Text(UrlFor(request.Args.Get("endpoint", ""), Options(request.Args), Values(request.Args)));
        }
        catch (Exception error) when (error is ModularException or FormatException or OverflowException)
        {
            return Plain.Text("build error", 400);
        }
    }

    static UrlOptions Options(MultiDict args) => new()
    {
        Anchor = args.Find("_anchor"),
        Scheme = args.Find("_scheme"),
        Method = args.Find("_method"),
        External = args.Find("_external") is { } external ? external == "1" : null,
    };

    // "n" and "n:int" are the same argument. The last one wins.
    static (string, object?)[] Values(MultiDict args)
    {
        var values = new Dictionary<string, object?>();
        foreach (var key in args.Keys.Where(key => key is not ("endpoint" or "_anchor" or "_scheme" or "_method" or "_external")))
        {
            var (name, value) = Value(args, key);
            values[name] = value;
        }
        return [.. values.Select(pair => (pair.Key, pair.Value))];
    }

    static (string Name, object? Value) Value(MultiDict args, string key)
    {
        var (name, convert) = key switch
        {
            [.. var start, ':', 'i', 'n', 't'] => (start, text => BigInteger.Parse(text, CultureInfo.InvariantCulture)),
            [.. var start, ':', 'f', 'l', 'o', 'a', 't'] => (start, text => double.Parse(text, CultureInfo.InvariantCulture)),
            [.. var start, ':', 'n', 'o', 'n', 'e'] => (start, _ => null),
            _ => (key, (Func<string, object?>)(text => text)),
        };
        List<object?> values = [.. args.GetAll(key).Select(convert)];
        return (name, values is [var only] ? only : values);
    }
}
