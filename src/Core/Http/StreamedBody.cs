namespace Modular;

/// <summary>A body that is read while it is being sent.</summary>
abstract class StreamedBody
{
    /// <summary>Bytes that will be sent; null when only the end will tell.</summary>
    internal virtual long? Length => null;

    /// <summary>Leaves only a range to send. Asked only of a body that knows its length.</summary>
    internal virtual void Cut(ByteRange range) => throw new NotSupportedException();

    internal abstract Task SendAsync(HttpResponse target, CancellationToken cancellation);

    /// <summary>Lets go of what the body holds, sent or not.</summary>
    internal virtual ValueTask CloseAsync() => ValueTask.CompletedTask;
}
