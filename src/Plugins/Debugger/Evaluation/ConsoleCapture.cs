using System.Collections.Concurrent;
using System.Text;

namespace Modular.Debugger;

/// <summary>
/// Captures the console output of one entry while the rest of the program also writes to the console. The execution context identifies the
/// entry.
/// </summary>
sealed class ConsoleCapture
{
    const int MostCharacters = 100_000;

    static readonly ConcurrentDictionary<RequestContext, ConsoleCapture> Running = new();
    static readonly Lock Installing = new();
    static bool _isInstalled;

    readonly StringBuilder _text = new();

    /// <summary>The output so far, at most the first 100,000 characters.</summary>
    internal string Text
    {
        get
        {
            lock (_text) return _text.ToString();
        }
    }

    /// <summary>Captures the output of the current context until the result is disposed.</summary>
    internal IDisposable Begin()
    {
        lock (Installing)
        {
            if (!_isInstalled) Console.SetOut(new Fork(Console.Out));
            _isInstalled = true;
        }
        Running[Current.Context] = this;
        return new End(Current.Context);
    }

    void Add(ReadOnlySpan<char> text)
    {
        lock (_text) _text.Append(text[..Math.Min(text.Length, MostCharacters - _text.Length)]);
    }

    sealed class End(RequestContext context) : IDisposable
    {
        public void Dispose() => Running.TryRemove(context, out _);
    }

    sealed class Fork(TextWriter console) : TextWriter
    {
        public override Encoding Encoding => console.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (!Running.IsEmpty && Current.HasContext && Running.TryGetValue(Current.Context, out var capture)) capture.Add(buffer);
            else console.Write(buffer);
        }

        public override void Flush() => console.Flush();
    }
}
