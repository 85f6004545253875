namespace Modular;

public sealed partial class Response
{
    // Exactly one holds the body: the streamed one when it is not null, then the text, else the bytes.
    StreamedBody? _streamed;
    string? _text;
    ReadOnlyMemory<byte> _bytes;
    List<Func<ValueTask>>? _onClose;

    /// <summary>True when the body is read while it is being sent: a stream, a file, or pieces.</summary>
    public bool IsStreamed => _streamed is not null;

    /// <summary>The body as text; null when it is streamed. Setting it replaces any body.</summary>
    public string? Text
    {
        get => _streamed is not null ? null : _text ?? Encoding.UTF8.GetString(_bytes.Span);
        set => Replace(value ?? "", default);
    }

    /// <summary>The body as bytes, unless it is streamed. Setting it replaces any body.</summary>
    public ReadOnlyMemory<byte> Data
    {
        get => _streamed is not null
            ? throw new ModularException(
                "The body is streamed, so its data isn't available. Check IsStreamed first, or set Text or Data.")
            : _text is null ? _bytes : Encoding.UTF8.GetBytes(_text);
        set => Replace(null, value);
    }

    long? Length => _streamed is not null ? _streamed.Range?.Length : _text is null ? _bytes.Length : Encoding.UTF8.GetByteCount(_text);

    /// <summary>Runs after the response was sent, or could not be, in the order of the calls. A task that it returns is awaited.</summary>
    public Response OnClose(Action action)
    {
        Callback.RefuseAsyncVoid(action, "what OnClose was given");
        return OnClose(() => { action(); return true; });
    }

    /// <inheritdoc cref="OnClose(Action)"/>
    public Response OnClose<T>(Func<T> action)
    {
        (_onClose ??= []).Add(() => Callback.Ended(action()));
        return this;
    }

    // Writing the response calls it. Call it for a response that is never written. A second call does nothing.
    internal async ValueTask CloseAsync()
    {
        if (_streamed is null && _onClose is null) return;
        Func<ValueTask>[] actions = [.. _streamed is null ? [] : (Func<ValueTask>[])[_streamed.CloseAsync], .. _onClose ?? []];
        (_streamed, _onClose) = (null, null);
        await Callback.RunAll(actions);
    }

    // A replaced body is closed with the response, not earlier, because this method can't await it.
    void Replace(string? text, ReadOnlyMemory<byte> bytes)
    {
        if (_streamed is { } replaced) OnClose(replaced.CloseAsync);
        (_streamed, _text, _bytes, IsDefaultPage) = (null, text, bytes, false);
    }
}
