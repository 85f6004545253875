namespace Modular.Uploads;

/// <summary>Collects as many of a file's first bytes as tell its type. Of the blanks in front only the first is kept, so there is no limit for them.</summary>
sealed class HeadCollector
{
    readonly byte[] _head = new byte[FileSignature.Length + 3];
    int _count;

    /// <summary>Takes what comes next of the file.</summary>
    /// <returns>True when the type is known, whatever follows.</returns>
    internal bool Add(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && _count < _head.Length)
        {
            var taken = Math.Min(piece.Length, _head.Length - _count);
            piece[..taken].CopyTo(_head.AsSpan(_count));
            piece = piece[taken..];
            _count = LeadingBlanks.Shorten(_head.AsSpan(0, _count + taken));
        }
        return _count == _head.Length;
    }

    /// <summary>What the file looks like, by what was taken.</summary>
    internal string Type => FileSignature.TypeOf(_head.AsSpan(0, _count));
}
