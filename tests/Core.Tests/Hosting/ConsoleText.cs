using System.Text;

namespace Modular.Tests.Hosting;

/// <summary>What the code of one test writes to the console, while other tests write to it, too.</summary>
sealed class ConsoleText : IDisposable
{
    static readonly AsyncLocal<ConsoleText?> Here = new();

    readonly Lock _gate = new();
    readonly StringBuilder _text = new();
    readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static ConsoleText() => Console.SetOut(new Fork(Console.Out));

    ConsoleText()
    {
    }

    /// <summary>Begins, for the calling test and everything that it starts.</summary>
    internal static ConsoleText Capture() => Here.Value = new();

    /// <summary>The address of the banner, as soon as it was written.</summary>
    internal Task<Uri> Url => _url.Task.WaitAsync(TimeSpan.FromSeconds(30));

    internal string Text
    {
        get
        {
            lock (_gate) return _text.ToString();
        }
    }

    public void Dispose() => Here.Value = null;

    void Write(string text)
    {
        lock (_gate) _text.Append(text);
        if (Text.Split('\n').FirstOrDefault(line => line.StartsWith(" * Running on http", StringComparison.Ordinal)) is { } line)
            _url.TrySetResult(new Uri(line[" * Running on ".Length..]));
    }

    sealed class Fork(TextWriter original) : TextWriter
    {
        public override Encoding Encoding => original.Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            if (Here.Value is { } test) test.Write(value ?? "");
            else original.Write(value);
        }

        public override void WriteLine(string? value) => Write(value + "\n");
    }
}
