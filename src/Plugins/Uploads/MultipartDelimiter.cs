using System.Text;

namespace Modular.Uploads;

enum DelimiterKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Whether it is one, the bytes that follow will tell.</summary>
    Undecided,

    /// <summary>Another part follows.</summary>
    Next,

    /// <summary>The one with <c>--</c> at its end.</summary>
    Last,
}

/// <summary>A line that parts the parts of a multipart body.</summary>
/// <param name="Kind">What follows.</param>
/// <param name="Start">Where it starts; the line break in front belongs to it. Without a delimiter: how many bytes can be no part of one.</param>
/// <param name="End">Where the next part starts.</param>
readonly record struct DelimiterPlace(DelimiterKind Kind, int Start, int End);

/// <summary>Finds the lines <c>--boundary</c> and <c>--boundary--</c>, perhaps with blanks at their end, in a body that may still be arriving.</summary>
sealed class MultipartDelimiter
{
    // RFC 2046 §5.1.1 allows 70. A long boundary that nearly matches everywhere would make the search slow.
    const int MaxBoundary = 256;

    // Blanks behind the boundary are "transport padding"; nobody sends any. Without a limit a line of blanks would be looked at again and again.
    const int MaxBlanks = 256;

    readonly byte[] _delimiter;

    /// <param name="boundary">Not empty.</param>
    /// <exception cref="HttpException">400: its length is absurd, or it holds a line break.</exception>
    internal MultipartDelimiter(string boundary)
    {
        if (boundary.Length > MaxBoundary || boundary.AsSpan().ContainsAny('\r', '\n')) throw new HttpException(StatusCodes.Status400BadRequest);
        _delimiter = Encoding.UTF8.GetBytes($"--{boundary}");
    }

    /// <summary>How many bytes were looked at, for those who want to know that it is a small multiple of the body's length.</summary>
    internal long Looked { get; private set; }

    /// <summary>The longest text that can be the beginning of a delimiter.</summary>
    internal int MaxLength => 2 + _delimiter.Length + MaxBlanks + 2;

    /// <summary>The first delimiter.</summary>
    /// <param name="data">What is there of the body.</param>
    /// <param name="first">True for the body's first one, which needs no line break in front.</param>
    /// <param name="isLast">True when nothing follows the data.</param>
    internal DelimiterPlace Find(ReadOnlySpan<byte> data, bool first, bool isLast)
    {
        var from = 0;
        while (data[from..].IndexOf(_delimiter) is >= 0 and var index)
        {
            Looked += index + _delimiter.Length;
            var at = from + index;
            from = at + _delimiter.Length;
            var lineBreak = LineBreakBefore(data[..at]);
            if (!first && lineBreak == 0) continue;
            var (kind, length) = Classify(data[from..], isLast);
            if (kind == DelimiterKind.Undecided) return new(kind, at - lineBreak, 0);
            if (kind != DelimiterKind.None) return new(kind, at - lineBreak, from + length);
        }
        Looked += data.Length - from;
        // The end may be the beginning of a delimiter, with the line break in front.
        return new(DelimiterKind.None, isLast ? data.Length : Math.Max(from, data.Length - _delimiter.Length - 1), 0);
    }

    // What comes right behind "--boundary", and how long it is.
    (DelimiterKind Kind, int Length) Classify(ReadOnlySpan<byte> rest, bool isLast)
    {
        if (rest.StartsWith("--"u8)) return (DelimiterKind.Last, 2);
        if (!isLast && (rest.IsEmpty || rest is [(byte)'-'])) return (DelimiterKind.Undecided, 0);
        var blanks = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        Looked += blanks < 0 ? rest.Length : blanks;
        if (blanks < 0) return (isLast || rest.Length > MaxBlanks ? DelimiterKind.None : DelimiterKind.Undecided, 0);
        if (blanks > MaxBlanks) return default;
        // A CR at the end may have its LF still on the way.
        if (!isLast && rest.Length == blanks + 1 && rest[blanks] == '\r') return (DelimiterKind.Undecided, 0);
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
