namespace Modular.Templating.Jinja;

enum TokenKind
{
    Data,
    BlockBegin,
    BlockEnd,
    VariableBegin,
    VariableEnd,
    Name,
    Text,
    Integer,
    Float,
    Operator,
    End,
}

/// <summary>A part of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, or the name of the operator.</param>
/// <param name="Position">The position in the template, from 0.</param>
/// <param name="Value">The value of a number.</param>
readonly record struct Token(TokenKind Kind, string Text, int Position, object? Value = null)
{
    internal bool Is(string op) => Kind == TokenKind.Operator && Text == op;

    internal bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    /// <summary>The token in an error message.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.BlockEnd => "the end of the statement",
        TokenKind.VariableEnd => "the end of the expression",
        TokenKind.End => "the end of the template",
        TokenKind.Data => "text",
        TokenKind.BlockBegin => "the start of a statement",
        TokenKind.VariableBegin => "the start of an expression",
        TokenKind.Text => $"the text {Py.Repr(Text)}",
        _ => $"\"{Text}\"",
    };
}
