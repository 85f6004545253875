using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Modular.Sessions;

// Typed reading and writing.
public sealed partial class Session
{
    /// <summary>
    /// The value of a key, converted to <typeparamref name="T"/>: a number that fits, a simple type from its text (<see cref="decimal"/>,
    /// <see cref="DateOnly"/>…), an enum, or an object from the JSON that <see cref="Set{T}(string, T)"/> stored.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such key, or its value is null.</exception>
    /// <exception cref="ModularException">The value can't be converted to <typeparamref name="T"/>.</exception>
    public T Get<T>(string key) => Convert<T>(key, this[key]) ?? throw Missing(key);

    /// <summary>
    /// The same as <see cref="Get{T}(string)"/>, with a fallback for a missing key: <c>session.Get("theme", "light")</c>.
    /// </summary>
    public T Get<T>(string key, T fallback) =>
        _values.TryGetValue(key, out var value) && value is not null ? Convert<T>(key, value)! : fallback;

    /// <summary>The same, or null when there is no such key. For numbers write <c>Find&lt;int?&gt;(…)</c>.</summary>
    /// <exception cref="ModularException">The value can't be converted to <typeparamref name="T"/>.</exception>
    public T? Find<T>(string key) => _values.TryGetValue(key, out var value) ? Convert<T>(key, value) : default;

    /// <summary>The same as <see cref="Find{T}(string)"/>, with source-generated JSON metadata.</summary>
    public T? Find<T>(string key, JsonTypeInfo<T> type) => _values.TryGetValue(key, out var value) ? FromJson(key, value, type) : default;

    /// <summary>
    /// Stores a value. An object of an application type is stored as JSON, with the JSON options of the sessions or of the application.
    /// </summary>
    public void Set<T>(string key, T value)
    {
        if (SessionValues.IsKept(value) || _scope.Tags.Of(value) is not null) this[key] = value;
        else Set(key, value, TypeInfo<T>());
    }

    /// <summary>Stores a value as JSON, with source-generated metadata.</summary>
    public void Set<T>(string key, T value, JsonTypeInfo<T> type) => this[key] = JsonSerializer.SerializeToElement(value, type);

    T? Convert<T>(string key, object? value) => value switch
    {
        T typed => typed,
        null when default(T) is null => default,
        _ when SimpleValues.Read(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)) is T simple => simple,
        _ => FromJson(key, value, TypeInfo<T>()),
    };

    static T? FromJson<T>(string key, object? value, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(PlainJson.Write(value), type);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new ModularException(
                $"The session's value \"{key}\" is {PlainJson.Describe(value)}, not {typeof(T).Name}. " +
                "Read it as the type that it was stored as.", error);
        }
    }

    JsonTypeInfo<T> TypeInfo<T>()
    {
        try
        {
            return (JsonTypeInfo<T>)_scope.Json.GetTypeInfo(typeof(T));
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException)
        {
            throw new ModularException(
                $"The session has no JSON metadata for {typeof(T).Name}. Pass a JsonTypeInfo, or set Json in SessionsOptions to options " +
                "with a source-generated resolver for this type.", error);
        }
    }
}
