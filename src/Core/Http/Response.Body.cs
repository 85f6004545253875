using System.Text;

namespace Modular;

public sealed partial class Response
{
    // Exactly one holds the body: the text when it is not null, else the bytes.
    string? _text;
    ReadOnlyMemory<byte> _bytes;

    /// <summary>The body as text; null when it is streamed.</summary>
    public string? Text
    {
        get => _text ?? Encoding.UTF8.GetString(_bytes.Span);
        set => (_text, _bytes) = (value ?? "", default);
    }

    /// <summary>The body as bytes; text is encoded as UTF-8 each time.</summary>
    public ReadOnlyMemory<byte> Data
    {
        get => _text is null ? _bytes : Encoding.UTF8.GetBytes(_text);
        set => (_text, _bytes) = (null, value);
    }
}
