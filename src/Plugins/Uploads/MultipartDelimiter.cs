using System.Text;

namespace Modular.Uploads;

enum DelimiterKind
{
    /// <summary>There is no delimiter.</summary>
    None,

    /// <summary>More bytes are needed to decide.</summary>
    Undecided,

    /// <summary>Another part follows.</summary>
    Next,

    /// <summary>The last delimiter, which ends with <c>--</c>.</summary>
    Last,
}

/// <summary>A line that separates the parts of a multipart body.</summary>
/// <param name="Kind">The kind of delimiter.</param>
/// <param name="Start">Where the delimiter starts, including the line break before it. Without a delimiter: the number of bytes that can't
/// belong to one.</param>
/// <param name="End">Where the next part starts.</param>
readonly record struct DelimiterPlace(DelimiterKind Kind, int Start, int End);

/// <summary>
/// Finds the lines <c>--boundary</c> and <c>--boundary--</c>, possibly with trailing blanks, in a body that may still be arriving.
/// </summary>
sealed class MultipartDelimiter
{
    // RFC 2046 §5.1.1 allows 70. A long boundary that nearly matches everywhere would slow down the search.
    const int MaxBoundary = 256;

    // Blanks after the boundary are "transport padding", which clients don't send in practice. Without a limit, a line of blanks would be
    // scanned repeatedly.
    const int MaxBlanks = 256;

    readonly byte[] _delimiter;

    /// <param name="boundary">Not empty.</param>
    /// <exception cref="HttpException">400: the boundary is too long or contains a line break.</exception>
    internal MultipartDelimiter(string boundary)
    {
        if (boundary.Length > MaxBoundary || boundary.AsSpan().ContainsAny('\r', '\n'))
            throw new HttpException(StatusCodes.Status400BadRequest);
        _delimiter = Encoding.UTF8.GetBytes($"--{boundary}");
    }

    /// <summary>The number of bytes scanned, so that tests can check that it is a small multiple of the body's length.</summary>
    internal long Looked { get; private set; }

    /// <summary>The maximum length of an incomplete delimiter in bytes.</summary>
    internal int MaxLength => 2 + _delimiter.Length + MaxBlanks + 2;

    /// <summary>The first delimiter.</summary>
    /// <param name="data">The part of the body read so far.</param>
    /// <param name="first">True for the body's first delimiter, which needs no line break before it.</param>
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
        // The end can be the start of a delimiter, with the line break before it.
        return new(DelimiterKind.None, isLast ? data.Length : Math.Max(from, data.Length - _delimiter.Length - 1), 0);
    }

    // The kind and length of the text right after "--boundary".
    (DelimiterKind Kind, int Length) Classify(ReadOnlySpan<byte> rest, bool isLast)
    {
        if (rest.StartsWith("--"u8)) return (DelimiterKind.Last, 2);
        if (!isLast && (rest.IsEmpty || rest is [(byte)'-'])) return (DelimiterKind.Undecided, 0);
        var blanks = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        Looked += blanks < 0 ? rest.Length : blanks;
        if (blanks < 0) return (isLast || rest.Length > MaxBlanks ? DelimiterKind.None : DelimiterKind.Undecided, 0);
        if (blanks > MaxBlanks) return default;
        // The LF after a CR at the end may not have arrived yet.
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

    /// <summary>The length of the line break at the start of the text, or 0.</summary>
    internal static int LineBreakAt(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'\r', (byte)'\n', ..] => 2,
        [(byte)'\r' or (byte)'\n', ..] => 1,
        _ => 0,
    };
}
