namespace Modular;

sealed class ResponseConverter(JsonSerializerOptions json, IReadOnlyDictionary<Type, Func<RequestContext, object, Response>> converters)
{
    internal static readonly Slot<ResponseConverter> Slot = new("converter of responses");

    static readonly HashSet<Type> Numbers = [typeof(decimal), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half)];

    internal Response Convert(RequestContext context, object? value) => value switch
    {
        Response response => response,
        string text => new Response(text),
        null => throw Returned("null"),
        Markup markup => new Response(markup.ToString()),
        byte[] bytes => new Response(bytes),
        ReadOnlyMemory<byte> bytes => new Response(bytes),
        IResult result => new Response(result),
        Stream stream => new Response(stream, contentType: "application/octet-stream"),
        IAsyncEnumerable<string> pieces => new Response(pieces),
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces => new Response(pieces),
        IAsyncEnumerable<byte[]> pieces => new Response(pieces.Select(piece => new ReadOnlyMemory<byte>(piece))),
        IAsyncEnumerable<Markup> pieces => new Response(pieces.Select(piece => piece.ToString())),
        ITuple tuple => FromTuple(context, tuple),
        Task or ValueTask => throw Unawaited(),
        _ => FromPlugin(context, value) ?? FromObject(value),
    };

    // Numbers and ValueTask<T> are value types, so a class, as most objects are, needs no reflection.
    Response FromObject(object value) => value.GetType() is not { IsValueType: true } type ? Json(value)
        : Callback.Awaited(type) is not null ? throw Unawaited()
        : IsPlain(type) ? throw Returned($"a bare {TypeName.Of(type)}") : Json(value);

    internal Response Json(object? value)
    {
        var known = KnownType(value?.GetType() ?? typeof(object));
        try
        {
            // The serializer's own buffer is shared and grows without copies; one byte more makes room for the line feed.
            var bytes = JsonSerializer.SerializeToUtf8Bytes(value, known);
            Array.Resize(ref bytes, bytes.Length + 1);
            bytes[^1] = (byte)'\n';
            return new(bytes, contentType: "application/json");
        }
        catch (NotSupportedException)
        {
            // An IAsyncEnumerable in it is written by element. Another type that can't be written fails before the first byte.
            return new(new JsonBody(value!, known), "application/json");
        }
    }

    // Of an iterator, whose class the compiler makes, generated code only knows the interface.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An interface that generated code names isn't trimmed.")]
    JsonTypeInfo KnownType(Type type) => json.TryGetTypeInfo(type, out var known) ? known
        : type.GetInterfaces().Where(shape => shape.Namespace == "System.Collections.Generic")
            .Select(shape => json.TryGetTypeInfo(shape, out var items) ? items : null).FirstOrDefault(items => items is not null)
                ?? json.GetTypeInfo(type);

    internal static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || Numbers.Contains(type);

    internal bool IsPlugins(Type type) => converters.Keys.Any(type.IsAssignableTo);

    /// <summary>True for types that have a meaning here, so that a plugin's converter of them would never be asked.</summary>
    internal static bool IsOwn(Type type) => type == typeof(Response) || IsPage(type)
        || type.IsAssignableTo(typeof(Stream)) || type.IsAssignableTo(typeof(IResult)) || type.IsAssignableTo(typeof(ITuple));

    internal static bool IsPage(Type type) =>
        type == typeof(string) || type == typeof(Markup) || type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>)
        || type.IsAssignableTo(typeof(IAsyncEnumerable<string>)) || type.IsAssignableTo(typeof(IAsyncEnumerable<byte[]>))
        || type.IsAssignableTo(typeof(IAsyncEnumerable<Markup>)) || type.IsAssignableTo(typeof(IAsyncEnumerable<ReadOnlyMemory<byte>>));

    Response? FromPlugin(RequestContext context, object value)
    {
        if (converters.Count == 0) return null;
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            if (converters.TryGetValue(type, out var convert)) return convert(context, value);
        return converters.FirstOrDefault(converter => converter.Key.IsInstanceOfType(value)).Value?.Invoke(context, value);
    }

    Response FromTuple(RequestContext context, ITuple tuple)
    {
        var (status, headers) = tuple.Length switch
        {
            2 when StatusOf(tuple[1]) is { } code => (code, null),
            2 => ((int?)null, tuple[1]),
            3 when tuple[1] is null => (null, tuple[2]),
            3 => (StatusOf(tuple[1]) ?? throw Returned($"a status of type {TypeName.Of(tuple[1]!.GetType())}"), tuple[2]),
            _ => throw Returned($"a tuple of {tuple.Length}"),
        };
        var response = Convert(context, tuple[0]);
        if (status is { } given) response.Status = given;
        foreach (var (name, value) in HeadersOf(headers)) response.Headers[name] = value;
        return response;
    }

    // 404, or "404 Nope": only the number is sent, because HTTP/2 has no reason phrase.
    static int? StatusOf(object? status) => status switch
    {
        int code => code,
        HttpStatusCode code => (int)code,
        string line when int.TryParse(line.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code) => code,
        string line => throw Returned($"the status \"{line}\""),
        _ => null,
    };

    static HeaderDictionary HeadersOf(object? headers)
    {
        var all = new HeaderDictionary();
        if (headers is IEnumerable<KeyValuePair<string, string>> texts)
            foreach (var (name, value) in texts) all.Append(name, value);
        else if (headers is IEnumerable<KeyValuePair<string, StringValues>> values)
            foreach (var (name, value) in values) all.Append(name, value);
        else if (headers is IEnumerable<KeyValuePair<string, string[]>> lists)
            foreach (var (name, value) in lists) all.Append(name, value);
        else if (headers is IEnumerable<(string Name, string Value)> tuples)
            foreach (var (name, value) in tuples) all.Append(name, value);
        else if (headers is not null) throw Returned($"headers of type {TypeName.Of(headers.GetType())}");
        return all;
    }

    static ModularException Unawaited() => new(
        "A view returned a task inside another value, which isn't awaited. Await it in the view, and return its result.");

    internal static ModularException Returned(string what) => new(
        $"A view returned {what}, which isn't a response. Return a string, Markup, bytes, an object, a Response, " +
        "or a tuple (body, status), (body, headers) or (body, status, headers).");
}
