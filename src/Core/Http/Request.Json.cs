using System.Text.Json;
using System.Text.Unicode;

namespace Modular;

// The body as JSON, RFC 8259: UTF-8, perhaps with a byte order mark, and at most 64 levels deep.
public sealed partial class Request
{
    JsonElement? _json;

    /// <summary>How <see cref="GetJson{T}"/> reads; the application's own.</summary>
    internal JsonSerializerOptions JsonOptions { get; set; } = JsonDefaults.Options;

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
        if (_json is not null) return _json;
        try
        {
            CheckText();
            return _json = JsonElement.Parse(JsonText.Span, new JsonDocumentOptions { MaxDepth = JsonDefaults.MaxDepth });
        }
        catch (JsonException error)
        {
            return silent ? null : throw new HttpException(StatusCodes.Status400BadRequest, inner: error);
        }
    }

    /// <summary>The body's JSON as a <typeparamref name="T"/>, read with the application's JSON options.</summary>
    /// <param name="force">True: the type of the body does not matter.</param>
    /// <param name="silent">True: the default of <typeparamref name="T"/> instead of an error when the body is no such JSON.</param>
    /// <exception cref="HttpException">As <see cref="Json"/>; 400 also when the JSON is not what <typeparamref name="T"/> needs.</exception>
    /// <exception cref="ModularException">The JSON options do not know <typeparamref name="T"/> (trimmed and AOT-compiled applications).</exception>
    public T? GetJson<T>(bool force = false, bool silent = false)
    {
        if (!MayBeJson(force, silent)) return default;
        if (!JsonOptions.TryGetTypeInfo(typeof(T), out var type))
            throw new ModularException($"The JSON options do not know {typeof(T)}. "
                + $"Add [JsonSerializable(typeof({typeof(T).Name}))] to the application's JsonSerializerContext.");
        try
        {
            CheckText();
            return (T?)JsonSerializer.Deserialize(JsonText.Span, type);
        }
        catch (JsonException error)
        {
            return silent ? default : throw new HttpException(StatusCodes.Status400BadRequest, inner: error);
        }
    }

    bool MayBeJson(bool force, bool silent) => force || IsJson || (silent ? false : throw new HttpException(
        StatusCodes.Status415UnsupportedMediaType,
        "Did not attempt to load JSON data because the request Content-Type was not 'application/json'."));

    // The parser looks into strings only when they are asked for, and that would be too late.
    void CheckText()
    {
        if (!Utf8.IsValid(JsonText.Span)) throw new JsonException("The body is not UTF-8.");
    }

    ReadOnlyMemory<byte> JsonText => Data.Span.StartsWith("\uFEFF"u8) ? Data[3..] : Data;
}
