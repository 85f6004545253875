using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Parses <c>{% trans %}</c>.</summary>
sealed class TransParser(TokenStream tokens, ExpressionParser expressions)
{
    internal TransNode Parse(int position)
    {
        string? context = null;
        if (tokens.Current.Kind == TokenKind.Text) context = tokens.Next().Text;
        List<(string Name, Expression Value)> variables = [];
        Expression? count = null;
        string? countName = null;
        var isTrimmed = false;
        while (tokens.Current.Kind != TokenKind.BlockEnd)
        {
            if (variables.Count > 0) tokens.Expect(",");
            if (tokens.Skip(":")) break;
            var token = tokens.Expect(TokenKind.Name, "the name of a variable");
            if (token.Text is "trimmed" or "notrimmed" && !tokens.Current.Is("=") && variables.Count == 0)
            {
                isTrimmed = token.Text == "trimmed";
                continue;
            }
            if (variables.Exists(variable => variable.Name == token.Text))
                throw tokens.Error($"There are two variables \"{token.Text}\". Rename one.", token.Position);
            var value = tokens.Skip("=") ? expressions.Expression() : new NameNode(token.Text) { Position = token.Position };
            variables.Add((token.Text, value));
            if (count is null) (count, countName) = (value, token.Text);
        }
        tokens.Expect(TokenKind.BlockEnd, "the end of the statement");
        var (singular, names) = Message(position, canBePlural: true);
        string? plural = null;
        if (tokens.SkipName("pluralize"))
        {
            if (tokens.Current.Kind == TokenKind.Name)
            {
                var token = tokens.Next();
                countName = token.Text;
                count = variables.Find(variable => variable.Name == countName).Value
                    ?? throw tokens.Error($"The variable \"{countName}\" isn't in the \"trans\" statement. Write it there.",
                        token.Position);
            }
            tokens.Expect(TokenKind.BlockEnd, "the end of the statement");
            (plural, var more) = Message(position, canBePlural: false);
            names.UnionWith(more);
            if (count is null && names.Count > 0) (countName, count) = (names.First(), new NameNode(names.First()) { Position = position });
            if (count is null) throw tokens.Error("\"pluralize\" needs a number. Write it as a variable of \"trans\".", position);
        }
        tokens.ExpectName("endtrans");
        foreach (var name in names)
            if (!variables.Exists(variable => variable.Name == name))
                variables.Add((name, name == countName && count is not null ? count : new NameNode(name) { Position = position }));
        if (isTrimmed) (singular, plural) = (Trimmed(singular), plural is null ? null : Trimmed(plural));
        return new(context, singular, plural, count, [.. variables]) { Position = position };
    }

    // Ends inside of the closing statement, after its first delimiter.
    (string Text, HashSet<string> Names) Message(int position, bool canBePlural)
    {
        var text = new StringBuilder();
        HashSet<string> names = [];
        while (true)
        {
            var token = tokens.Next();
            switch (token.Kind)
            {
                case TokenKind.Data:
                    text.Append(token.Text.Replace("%", "%%", StringComparison.Ordinal));
                    break;
                case TokenKind.VariableBegin:
                    var name = tokens.Expect(TokenKind.Name, "the name of a variable").Text;
                    names.Add(name);
                    text.Append("%(").Append(name).Append(")s");
                    tokens.Expect(TokenKind.VariableEnd, "the end of the expression");
                    break;
                case TokenKind.BlockBegin when tokens.Current.IsName("endtrans") || tokens.Current.IsName("pluralize") && canBePlural:
                    return (text.ToString(), names);
                case TokenKind.BlockBegin:
                    throw tokens.Error(tokens.Current.IsName("pluralize")
                        ? "A \"trans\" statement has more than one \"pluralize\". Remove one."
                        : "A \"trans\" statement contains another statement. Write it before, and use a variable.", token.Position);
                default:
                    throw tokens.Error("The statement \"trans\" isn't closed. Write {% endtrans %} at its end.", position);
            }
        }
    }

    // Each line end with the white space around it becomes one space.
    static string Trimmed(string text) =>
        string.Join(' ', CodePoints.Trim(text).Split('\n').Select(line => line.Trim()).Where((line, index) => line.Length > 0));
}
