namespace Modular.Templating.Jinja;

/// <summary>The tokens of a template, read one after the other.</summary>
sealed class TokenStream(List<Token> tokens, JinjaTemplate template)
{
    int _at;

    internal JinjaTemplate Template => template;

    internal Token Current => tokens[_at];

    internal Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    internal Token Next()
    {
        var token = tokens[_at];
        if (token.Kind != TokenKind.End) _at++;
        return token;
    }

    internal bool Skip(string op)
    {
        if (!Current.Is(op)) return false;
        Next();
        return true;
    }

    internal bool SkipName(string name)
    {
        if (!Current.IsName(name)) return false;
        Next();
        return true;
    }

    internal Token Expect(string op) => Current.Is(op) ? Next() : throw Unexpected($"\"{op}\"");

    internal Token Expect(TokenKind kind, string what) => Current.Kind == kind ? Next() : throw Unexpected(what);

    internal void ExpectName(string name)
    {
        if (!SkipName(name)) throw Unexpected($"\"{name}\"");
    }

    internal JinjaSyntaxException Unexpected(string expected) =>
        Error($"{Sentence(Current.ToString())} stands where {expected} must be.", Current.Position);

    internal JinjaSyntaxException Error(string problem, int position) => template.Error(problem, position);

    static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
