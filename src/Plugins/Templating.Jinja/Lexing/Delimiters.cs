namespace Modular.Templating.Jinja;

enum TagKind
{
    Comment,
    Block,
    Variable,
    LineStatement,
    LineComment,
}

/// <summary>The delimiters of the language, the longest first.</summary>
sealed class Delimiters
{
    internal Delimiters(JinjaOptions options)
    {
        Options = options;
        List<(TagKind Kind, string Start, int Rank)> tags =
        [
            (TagKind.Comment, options.CommentStart, 1), (TagKind.Block, options.BlockStart, 0),
            (TagKind.Variable, options.VariableStart, 4),
        ];
        if (options.LineStatementPrefix is { Length: > 0 } statement) tags.Add((TagKind.LineStatement, statement, 3));
        if (options.LineCommentPrefix is { Length: > 0 } comment) tags.Add((TagKind.LineComment, comment, 2));
        Tags = [.. tags.OrderByDescending(tag => tag.Start.Length).ThenByDescending(tag => tag.Rank).Select(tag => (tag.Kind, tag.Start))];
    }

    internal JinjaOptions Options { get; }

    internal IReadOnlyList<(TagKind Kind, string Start)> Tags { get; }
}
