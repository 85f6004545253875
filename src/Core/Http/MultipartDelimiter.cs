namespace Modular;

enum DelimiterKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Another part follows.</summary>
    Next,

    /// <summary>The one with <c>--</c> at its end.</summary>
    Last,
}

/// <summary>A line that parts the parts of a multipart body.</summary>
/// <param name="Kind">What follows.</param>
/// <param name="Start">Where it starts; the line break in front belongs to it.</param>
/// <param name="End">Where the next part starts.</param>
readonly record struct MultipartDelimiter(DelimiterKind Kind, int Start, int End)
{
    /// <summary>The first line <c>--boundary</c> or <c>--boundary--</c>, perhaps with blanks at its end. Takes linear time.</summary>
    /// <param name="body">Where to look.</param>
    /// <param name="delimiter"><c>--boundary</c>.</param>
    /// <param name="first">True for the body's first one, which needs no line break in front.</param>
    internal static MultipartDelimiter Find(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, bool first)
    {
        for (var from = 0; body[from..].IndexOf(delimiter) is >= 0 and var index; from += index + delimiter.Length)
        {
            var at = from + index;
            var lineBreak = LineBreakBefore(body[..at]);
            if (!first && lineBreak == 0) continue;
            var (kind, length) = Classify(body[(at + delimiter.Length)..]);
            if (kind != DelimiterKind.None) return new(kind, at - lineBreak, at + delimiter.Length + length);
        }
        return default;
    }

    // What comes right behind "--boundary", and how long it is.
    static (DelimiterKind Kind, int Length) Classify(ReadOnlySpan<byte> rest)
    {
        if (rest.StartsWith("--"u8)) return (DelimiterKind.Last, 2);
        var blanks = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (blanks < 0) return default;
        var lineBreak = LineBreakAt(rest[blanks..]);
        return lineBreak == 0 ? default : (DelimiterKind.Next, blanks + lineBreak);
    }

    static int LineBreakBefore(ReadOnlySpan<byte> text) => text switch
    {
        [.., (byte)'\r', (byte)'\n'] => 2,
        [.., (byte)'\r' or (byte)'\n'] => 1,
        _ => 0,
    };

    /// <summary>The length of the line break that the text starts with, or 0.</summary>
    internal static int LineBreakAt(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'\r', (byte)'\n', ..] => 2,
        [(byte)'\r' or (byte)'\n', ..] => 1,
        _ => 0,
    };
}
