using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Modular.Templating;

/// <summary>
/// The output of a page. <c>Write</c> writes the template's text. <see cref="WriteValue"/> writes values of any type and escapes them.
/// </summary>
/// <remarks>The text is in pooled memory: dispose a writer from <see cref="TemplateRender.Nest"/>. Thread: for one page only.</remarks>
public sealed class TemplateWriter : TextWriter
{
    const int FirstSize = 1024;
    const int PieceSize = 16 * 1024;
    const int MaxNesting = 32;
    const int LongestNumber = 128;

    readonly TemplateRender _render;
    readonly bool _escapes;
    char[] _buffer;
    int _length;
    int _nesting;
    bool _isAbandoned;

    /// <param name="render">The page.</param>
    /// <param name="size">The expected number of characters.</param>
    /// <param name="escapes">False: values aren't escaped.</param>
    internal TemplateWriter(TemplateRender render, int size, bool escapes) : base(CultureInfo.InvariantCulture) =>
        (_render, _buffer, _escapes) = (render, ArrayPool<char>.Shared.Rent(Math.Max(size, FirstSize)), escapes);

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The page of this writer.</summary>
    public TemplateRender Render => _render;

    /// <summary>False for plain text, where values aren't escaped.</summary>
    public bool Escapes => _escapes;

    /// <summary>Receives the text in chunks, for a page that is sent while it is rendered.</summary>
    internal Action<string>? OnPiece { get; set; }

    /// <inheritdoc/>
    public override void Write(char value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <summary>Writes the template's own HTML.</summary>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        Reserve(buffer.Length);
        buffer.CopyTo(_buffer.AsSpan(_length));
        _length += buffer.Length;
    }

    // The page is in memory, so every write completes at once. TextWriter would write on another thread.

    /// <inheritdoc/>
    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(char[] buffer, int index, int count)
    {
        Write(buffer, index, count);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        Write(buffer.Span);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(StringBuilder? value, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        Write(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteLineAsync() => WriteAsync(CoreNewLine);

    /// <inheritdoc/>
    public override Task WriteLineAsync(char value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteLineAsync(char[] buffer, int index, int count)
    {
        WriteLine(buffer, index, count);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        WriteLine(buffer.Span);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteLineAsync(StringBuilder? value, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        WriteLine(value);
        return Task.CompletedTask;
    }

    /// <summary>Does nothing, because a page is sent by the view.</summary>
    public override Task FlushAsync() => Task.CompletedTask;

    /// <inheritdoc cref="FlushAsync()"/>
    public override Task FlushAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    /// <summary>
    /// Writes text with <c>&amp; &lt; &gt; ' "</c> as character references. Doesn't escape it when <see cref="Escapes"/> is false.
    /// </summary>
    public void WriteEscaped(ReadOnlySpan<char> text)
    {
        if (Escapes) Markup.Escape(text, this);
        else Write(text);
    }

    /// <summary>
    /// Writes a value. <see cref="Markup"/> and other HTML content isn't escaped. All other values are: text; numbers and dates in the
    /// invariant culture;
    /// true and false in lower case; the items of a list in sequence; any other object by its <c>ToString</c>. Null is empty.
    /// </summary>
    /// <exception cref="ModularException">The value isn't data, such as a task or a type.</exception>
    public void WriteValue(object? value)
    {
        switch (value)
        {
            case null: return;
            case string text: WriteEscaped(text); return;
            case Markup markup: Write(markup.ToString()); return;
            case bool flag: Write(flag ? "true" : "false"); return;
            case char c: WriteEscaped([c]); return;
            case IHtmlContent content: Write(Markup.Escape(content).ToString()); return;
            case ISpanFormattable formattable: WriteFormatted(formattable); return;
            case TemplateFunction function: WriteValue(function(TemplateArguments.None)); return;
            default:
                if (TemplateData.IsRuntime(value)) throw TemplateData.NoData(value);
                if (value is IEnumerable items && !TemplateData.HasOwnMembers(value.GetType())) WriteItems(items);
                else WriteEscaped(TemplateData.Text(value));
                return;
        }
    }

    /// <summary>The number of characters written and not yet sent.</summary>
    internal int Length => _length;

    /// <summary>The text written and not yet sent.</summary>
    public override string ToString() => new(_buffer, 0, _length);

    /// <summary>The written text as markup. It must come from a template.</summary>
    public Markup ToMarkup() => _length == 0 ? Markup.Empty : new(ToString());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_buffer.Length > 0 && !_isAbandoned) ArrayPool<char>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
        base.Dispose(disposing);
    }

    /// <summary>Keeps the memory out of the pool, because another thread may still write to it.</summary>
    internal void Abandon() => _isAbandoned = true;

    void WriteItems(IEnumerable items)
    {
        if (_nesting >= MaxNesting) throw new ModularException(
            $"A list is nested deeper than {MaxNesting} levels, or contains itself. Write its items in a loop of the template.");
        _nesting++;
        try
        {
            foreach (var item in items)
            {
                _render.Step();
                WriteValue(item);
            }
        }
        finally
        {
            _nesting--;
        }
    }

    void WriteFormatted(ISpanFormattable value)
    {
        Span<char> text = stackalloc char[LongestNumber];
        if (value.TryFormat(text, out var written, default, CultureInfo.InvariantCulture)) WriteEscaped(text[..written]);
        else WriteEscaped(value.ToString(null, CultureInfo.InvariantCulture));
    }

    void Reserve(int count)
    {
        _render.Count(count);
        if (_length + count > _buffer.Length) Grow(count);
    }

    void Grow(int more)
    {
        if (OnPiece is not null && _length >= PieceSize) SendPiece();
        if (_length + more <= _buffer.Length) return;
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + more, _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = larger;
        _render.CheckTime();
    }

    /// <summary>Sends the text written so far.</summary>
    internal void SendPiece()
    {
        if (_length > 0) OnPiece!(ToString());
        _length = 0;
    }
}
