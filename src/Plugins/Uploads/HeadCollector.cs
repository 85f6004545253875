namespace Modular.Uploads;

/// <summary>
/// Collects the first bytes of a file until its type is known. It keeps only the first leading blank, so their number is unlimited.
/// </summary>
sealed class HeadCollector
{
    readonly byte[] _head = new byte[FileSignature.Length + 3];
    int _count;

    /// <summary>Adds the next bytes of the file.</summary>
    /// <returns>True when the type is known and can't change.</returns>
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

    /// <summary>The type that the collected bytes indicate.</summary>
    internal string Type => FileSignature.TypeOf(_head.AsSpan(0, _count));
}
