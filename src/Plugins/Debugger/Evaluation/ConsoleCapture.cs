using System.Text;

namespace Modular.Debugger;

/// <summary>What one entry writes to the console, while the rest of the program writes to it, too.</summary>
sealed class ConsoleCapture : IDisposable
{
    const int MostCharacters = 100_000;

    static readonly AsyncLocal<ConsoleCapture?> Here = new();
    static readonly Lock Installing = new();

    readonly StringBuilder _text = new();

    ConsoleCapture()
    {
    }

    /// <summary>What was written so far; the first 100,000 characters.</summary>
    internal string Text
    {
        get
        {
            lock (_text) return _text.ToString();
        }
    }

    /// <summary>From here on, what this flow of execution writes is taken, until it is disposed.</summary>
    internal static ConsoleCapture Begin()
    {
        lock (Installing)
        {
            if (Console.Out is not Fork) Console.SetOut(TextWriter.Synchronized(new Fork(Console.Out)));
        }
        return Here.Value = new();
    }

    public void Dispose() => Here.Value = null;

    void Add(ReadOnlySpan<char> text)
    {
        lock (_text) _text.Append(text[..Math.Min(text.Length, MostCharacters - _text.Length)]);
    }

    sealed class Fork(TextWriter console) : TextWriter
    {
        public override Encoding Encoding => console.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (Here.Value is { } capture) capture.Add(buffer);
            else console.Write(buffer);
        }

        public override void Flush() => console.Flush();
    }
}
