namespace Modular;

public sealed partial class Request
{
    StrongBox<JsonElement>? _json;        // one object, because a request's tasks may read it at once

    internal JsonSerializerOptions JsonOptions { get; set; } = JsonDefaults.Reading;

    internal bool GaveJsonElements { get; private set; }

    /// <summary>True when the body's type is <c>application/json</c> or <c>application/…+json</c>.</summary>
    public bool IsJson => MediaType.IsJson(MimeType);

    /// <summary>The body as JSON.</summary>
    /// <exception cref="HttpException">415: the type is not JSON. 400: the body is empty or malformed. 413: it is too large.</exception>
    public JsonElement Json => GetJson()!.Value;

    /// <summary>The body as JSON.</summary>
    /// <param name="force">True: ignores the media type of the body.</param>
    /// <param name="silent">True: null instead of an error when the body is not JSON. One that is too large is still an error.</param>
    public JsonElement? GetJson(bool force = false, bool silent = false) => Read<JsonElement?>(force, silent, body =>
    {
        GaveJsonElements = true;
        return Parsed(body);
    });

    /// <summary>The body's JSON as a <typeparamref name="T"/>, read with the application's JSON options.</summary>
    /// <param name="force">True: ignores the media type of the body.</param>
    /// <param name="silent">True: the default of <typeparamref name="T"/> instead of an error when the body isn't such JSON.</param>
    /// <exception cref="HttpException">As <see cref="Json"/>; 400 also when the JSON isn't a valid <typeparamref name="T"/>.</exception>
    public T? GetJson<T>(bool force = false, bool silent = false) => Read(force, silent, body => Convert<T>(Parsed(body), "$"));

    /// <summary>A property of the body's JSON object as a <typeparamref name="T"/>; a missing one is a 400 that names it.</summary>
    /// <exception cref="HttpException">As <see cref="Json"/>; 400 also when it isn't a valid <typeparamref name="T"/>.</exception>
    public T GetJson<T>(string name) where T : notnull => Read(force: false, silent: false, body =>
        Parsed(body) is not { ValueKind: JsonValueKind.Object } json ? throw JsonProblem.At("$", "an object is expected")
        : !json.TryGetProperty(name, out var property) ? throw JsonProblem.At("$", $"it lacks '{name}'")
        : Convert<T>(property, $"$.{name}") is { } value ? value
        : throw JsonProblem.Null($"$.{name}"))!;

    T? Read<T>(bool force, bool silent, Func<ReadOnlyMemory<byte>, T?> read)
    {
        if (!force && !IsJson) return silent ? default : throw new HttpException(
            415, "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.");
        var body = Data;
        try
        {
            return read(body);
        }
        catch (HttpException) when (silent)
        {
            return default;
        }
    }

    JsonElement Parsed(ReadOnlyMemory<byte> body) => (_json ??= new(JsonProblem.Parse(body.Span, JsonOptions))).Value;

    T? Convert<T>(JsonElement json, string at)
    {
        if (!JsonOptions.TryGetTypeInfo(typeof(T), out var type)) throw new ModularException(
            $"The JSON options do not know {typeof(T)}. "
            + $"Add [JsonSerializable(typeof({typeof(T).Name}))] to the application's JsonSerializerContext.");
        GaveJsonElements |= JsonProblem.IsLoose(typeof(T));
        try
        {
            return (T?)json.Deserialize(type);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException && JsonProblem.Shape(error, at) is { } problem)
        {
            throw problem;
        }
    }
}
