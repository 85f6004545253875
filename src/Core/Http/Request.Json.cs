using System.Text.Json.Serialization.Metadata;

namespace Modular;

// The body as JSON, RFC 8259: UTF-8, perhaps with a byte order mark, and at most 64 levels deep.
public sealed partial class Request
{
    JsonElement? _json;

    /// <summary>How <see cref="GetJson{T}(bool, bool)"/> reads; the application's own.</summary>
    internal JsonSerializerOptions JsonOptions { get; set; } = JsonDefaults.Reading;

    /// <summary>True when the body's type is <c>application/json</c> or <c>application/…+json</c>.</summary>
    public bool IsJson => MimeType is "application/json"
        || MimeType.StartsWith("application/", StringComparison.Ordinal) && MimeType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>The body as JSON.</summary>
    /// <exception cref="HttpException">415: the type is not JSON. 400: the body is empty or malformed. 413: it is too large.</exception>
    public JsonElement Json => GetJson()!.Value;

    /// <summary>The body as JSON.</summary>
    /// <param name="force">True: the type of the body does not matter.</param>
    /// <param name="silent">True: null instead of an error when the body is not JSON. A body that is too large is an error all the same.</param>
    /// <exception cref="HttpException">As <see cref="Json"/>.</exception>
    public JsonElement? GetJson(bool force = false, bool silent = false)
    {
        if (!MayBeJson(force, silent)) return null;
        if (_json is not null)
        {
            GaveJsonElements = true;
            return _json;
        }
        var (value, problem) = Parse();
        if (problem is not null) return silent ? null : throw problem;
        GaveJsonElements = true;
        return _json = value;
    }

    /// <summary>The body's JSON as a <typeparamref name="T"/>, read with the application's JSON options.</summary>
    /// <param name="force">True: the type of the body does not matter.</param>
    /// <param name="silent">True: the default of <typeparamref name="T"/> instead of an error when the body is no such JSON.</param>
    /// <exception cref="HttpException">As <see cref="Json"/>; 400 also when the JSON is not what <typeparamref name="T"/> needs.</exception>
    /// <exception cref="ModularException">The JSON options do not know <typeparamref name="T"/> (trimmed and AOT-compiled applications).</exception>
    public T? GetJson<T>(bool force = false, bool silent = false)
    {
        if (!MayBeJson(force, silent)) return default;
        var type = JsonType<T>();
        if (JsonProblem.Encoding(JsonText.Span) is { } garbled) return silent ? default : throw garbled;
        var loose = LooseJson.In(type);
        GaveJsonElements |= loose != LooseKind.None;
        try
        {
            var value = (T?)JsonSerializer.Deserialize(JsonText.Span, type);
            // Only what is read later can still hold half of a surrogate pair, or a name twice.
            if (loose == LooseKind.None || LooseProblem(loose) is not { } problem) return value;
            return silent ? default : throw problem;
        }
        catch (JsonException error)
        {
            return silent ? default : throw Problem(type, error);
        }
        catch (NotSupportedException error) when (JsonProblem.Untyped(type, error) is { } problem)
        {
            return silent ? default : throw problem;
        }
    }

    /// <summary>A property of the body's JSON object as a <typeparamref name="T"/>. Unlike <c>Json.GetProperty(name)</c>, the error of a body without it names it.</summary>
    /// <param name="name">Its name, in the same case.</param>
    /// <exception cref="HttpException">As <see cref="Json"/>; 400 also when the property is missing, null or no <typeparamref name="T"/>.</exception>
    /// <exception cref="ModularException">The JSON options do not know <typeparamref name="T"/> (trimmed and AOT-compiled applications).</exception>
    /// <example><code>var count = request.GetJson&lt;int&gt;("count");</code></example>
    public T GetJson<T>(string name) where T : notnull
    {
        ArgumentNullException.ThrowIfNull(name);
        var type = JsonType<T>();
        MayBeJson(force: false, silent: false);
        if (_json is null)
        {
            var (body, problem) = Parse();
            _json = problem is null ? body : throw problem;
        }
        var value = JsonProblem.Property(_json.Value, name, type);
        var loose = LooseJson.In(type);
        GaveJsonElements |= loose != LooseKind.None;
        if (loose == LooseKind.Nodes && JsonProblem.Twice(value, JsonOptions, $"$.{name}") is { } twice) throw twice;
        try
        {
            return value.Deserialize(type) is T read ? read : throw JsonProblem.Null(type, $"$.{name}");
        }
        catch (JsonException error)
        {
            throw JsonProblem.Shape(value, type, error, $"$.{name}");
        }
        catch (NotSupportedException error) when (JsonProblem.Untyped(type, error, $"$.{name}") is { } problem)
        {
            throw problem;
        }
    }

    /// <summary>The view has the request's JSON as something whose accessors may fail.</summary>
    internal bool GaveJsonElements { get; private set; }

    /// <summary>How <typeparamref name="T"/> is read.</summary>
    internal JsonTypeInfo JsonType<T>() => JsonOptions.TryGetTypeInfo(typeof(T), out var type) ? type : throw new ModularException(
        $"The JSON options do not know {typeof(T)}. Add [JsonSerializable(typeof({typeof(T).Name}))] to the application's JsonSerializerContext.");

    HttpException? LooseProblem(LooseKind loose)
    {
        var (body, problem) = Parse();
        return problem ?? (loose == LooseKind.Nodes ? JsonProblem.Twice(body, JsonOptions) : null);
    }

    HttpException Problem(JsonTypeInfo type, JsonException error)
    {
        var (body, problem) = Parse();
        return problem ?? JsonProblem.Shape(body, type, error);
    }

    (JsonElement Value, HttpException? Problem) Parse()
    {
        var text = JsonText.Span;
        if (JsonProblem.Encoding(text) is { } garbled) return (default, garbled);
        try
        {
            var value = JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = JsonDefaults.MaxDepth });
            return (value, JsonProblem.Surrogate(value, text));
        }
        catch (JsonException error)
        {
            return (default, JsonProblem.Malformed(text, error));
        }
    }

    bool MayBeJson(bool force, bool silent) => force || IsJson || (silent ? false : throw new HttpException(
        StatusCodes.Status415UnsupportedMediaType,
        "Did not attempt to load JSON data because the request Content-Type was not 'application/json'."));

    ReadOnlyMemory<byte> JsonText => Data.Span.StartsWith("\uFEFF"u8) ? Data[3..] : Data;
}
