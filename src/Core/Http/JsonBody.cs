using System.Text.Json.Serialization.Metadata;

namespace Modular;

/// <summary>JSON of a value that is read while it is being sent: an <see cref="IAsyncEnumerable{T}"/>, or an object that holds one.</summary>
sealed class JsonBody(object value, JsonTypeInfo type) : StreamedBody
{
    static readonly byte[] LineFeed = [(byte)'\n'];

    // Through the stream, because then the serializer sends nothing before the first element is there: a source that fails at once is a 500.
    internal override async Task SendAsync(HttpResponse target, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(target.Body, value, type, cancellation);
        await target.Body.WriteAsync(LineFeed, cancellation);
    }
}
