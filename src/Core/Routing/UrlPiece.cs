namespace Modular;

/// <summary>A piece of a URL to be built: text that is already encoded, or the variable with this index.</summary>
readonly record struct UrlPiece(string? Text, int Variable)
{
    /// <summary>Fixed text, which is encoded here, once.</summary>
    internal static UrlPiece Of(string text) => new(Percent.Encode(text, Percent.PathSafe), -1);

    internal static UrlPiece Of(int variable) => new(null, variable);

    /// <summary>Puts default values in their places and joins neighbouring texts.</summary>
    internal static UrlPiece[] Fold(List<UrlPiece> pieces, Func<int, string?> defaultOf)
    {
        List<UrlPiece> folded = [];
        foreach (var piece in pieces)
        {
            var text = piece.Text ?? defaultOf(piece.Variable);
            if (text is not null && folded.Count > 0 && folded[^1].Text is { } before) folded[^1] = new(before + text, -1);
            else folded.Add(text is null ? piece : new(text, -1));
        }
        return [.. folded];
    }
}
