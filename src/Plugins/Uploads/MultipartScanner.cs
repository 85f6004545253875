namespace Modular.Uploads;

/// <summary>The next element of a multipart body.</summary>
enum MultipartStep
{
    /// <summary>Nothing yet. If no bytes were used, more bytes are needed.</summary>
    More,

    /// <summary>The start of a part with the header <see cref="MultipartScanner.Header"/>.</summary>
    Part,

    /// <summary>Some bytes of the part.</summary>
    Content,

    /// <summary>The end of the part.</summary>
    PartEnd,

    /// <summary>The last delimiter. The bytes after it aren't part of the form.</summary>
    End,

    /// <summary>The body isn't a valid multipart form.</summary>
    Malformed,
}

/// <summary>
/// Splits the bytes of a <c>multipart/form-data</c> body (RFC 7578) into parts while they arrive, as leniently as Werkzeug. It stores no
/// bytes and never waits.
/// </summary>
/// <remarks>
/// Lines may end with CR, LF or CRLF. Each byte is scanned a small number of times, for any content and any division into chunks.
/// </remarks>
sealed class MultipartScanner(MultipartDelimiter delimiter, UploadLimits limits)
{
    enum Place { Preamble, Header, EmptyLine, Content, Behind }

    Place _place;
    int _scanned;       // where the last line of an incomplete header starts
    int _emptyLine;
    int _parts;
    long _padding;

    /// <summary>The header of the current part.</summary>
    internal MultipartPartHeader? Header { get; private set; }

    /// <summary>The maximum number of bytes that a step needs.</summary>
    internal int LongestStep => Math.Max(limits.MaxPartHeaderSize + 4, 2 * delimiter.MaxLength);

    /// <summary>Finds the next step at the start of the data.</summary>
    /// <param name="data">The body after the last step.</param>
    /// <param name="isLast">True when nothing follows the data.</param>
    /// <param name="used">The number of bytes used.</param>
    /// <param name="content">The range of the content in a <see cref="MultipartStep.Content"/>.</param>
    /// <exception cref="HttpException">413: too many parts, or too many bytes before the first. 400: a header is too long.</exception>
    internal MultipartStep Next(ReadOnlySpan<byte> data, bool isLast, out int used, out Range content)
    {
        content = default;
        switch (_place)
        {
            case Place.Preamble: return Begin(data, isLast, out used);
            case Place.Header: return ReadHeader(data, isLast, out used);
            case Place.Behind:
                used = 0;
                return MultipartStep.End;
            default: return ReadContent(data, isLast, out used, out content);
        }
    }

    MultipartStep Begin(ReadOnlySpan<byte> data, bool isLast, out int used)
    {
        var found = delimiter.Find(data, first: true, isLast);
        _padding += found.Start;
        if (_padding > limits.MaxFormPadding) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
        return After(found, isLast, out used);
    }

    // The step at a delimiter, or without one.
    MultipartStep After(DelimiterPlace found, bool isLast, out int used)
    {
        used = found.Start;
        if (found.Kind is DelimiterKind.None or DelimiterKind.Undecided) return isLast ? MultipartStep.Malformed : MultipartStep.More;
        used = found.End;
        (_place, _scanned) = (found.Kind == DelimiterKind.Last ? Place.Behind : Place.Header, 0);
        if (_place == Place.Behind) return MultipartStep.End;
        if (++_parts > limits.MaxFormParts) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
        return MultipartStep.More;
    }

    MultipartStep ReadHeader(ReadOnlySpan<byte> data, bool isLast, out int used)
    {
        used = 0;
        var end = HeaderEnd(data, isLast);
        if ((end < 0 ? data.Length : end) > limits.MaxPartHeaderSize) throw new HttpException(StatusCodes.Status400BadRequest);
        if (end < 0) return isLast ? MultipartStep.Malformed : MultipartStep.More;
        Header = MultipartPartHeader.Parse(data[..end], limits.MaxNameLength);
        if (Header is null) return MultipartStep.Malformed;
        // The empty line that ends the header can also be the line break before the delimiter, so it isn't consumed.
        (used, _place, _emptyLine) = (end, Place.EmptyLine, MultipartDelimiter.LineBreakAt(data[end..]));
        return MultipartStep.Part;
    }

    // Where the empty line starts. -1 when it hasn't arrived yet.
    int HeaderEnd(ReadOnlySpan<byte> data, bool isLast)
    {
        while (_scanned < data.Length)
        {
            var length = data[_scanned..].IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0) return -1;
            var lineBreak = _scanned + length;
            // The LF after a CR at the end may not have arrived yet.
            if (!isLast && data[lineBreak] == '\r' && lineBreak + 1 == data.Length) return -1;
            if (length == 0) return lineBreak;
            _scanned = lineBreak + MultipartDelimiter.LineBreakAt(data[lineBreak..]);
        }
        return -1;
    }

    MultipartStep ReadContent(ReadOnlySpan<byte> data, bool isLast, out int used, out Range content)
    {
        (used, content) = (0, default);
        var found = delimiter.Find(data, first: false, isLast);
        var from = _place == Place.EmptyLine ? _emptyLine : 0;
        var isDelimiter = found.Kind is DelimiterKind.Next or DelimiterKind.Last;
        if (isDelimiter && found.Start <= from)
        {
            After(found, isLast, out used);
            return MultipartStep.PartEnd;
        }
        if (!isDelimiter && isLast) return MultipartStep.Malformed;
        if (found.Start <= from) return MultipartStep.More;
        (_place, used, content) = (Place.Content, found.Start, from..found.Start);
        return MultipartStep.Content;
    }
}
