namespace Modular.Templating.Jinja;

// Calls, filters and tests, with their arguments.
sealed partial class ExpressionParser
{
    internal CallNode Call(Expression function)
    {
        var position = tokens.Current.Position;
        var arguments = Arguments();
        return new(function, arguments)
        {
            Position = function is NameNode ? function.Position : position,
            Depth = Math.Max(function.Depth, arguments.Depth) + 1
        };
    }

    internal ArgumentsNode Arguments()
    {
        tokens.Expect("(");
        List<Expression> positional = [];
        List<(string, Expression)> named = [];
        Expression? more = null, moreNamed = null;
        var isNext = false;
        while (!tokens.Current.Is(")"))
        {
            if (isNext) tokens.Expect(",");
            isNext = true;
            if (tokens.Current.Is(")")) break;
            var position = tokens.Current.Position;
            if (tokens.Skip("*"))
            {
                Ensure(more is null && moreNamed is null, position);
                more = Expression();
            }
            else if (tokens.Skip("**"))
            {
                Ensure(moreNamed is null, position);
                moreNamed = Expression();
            }
            else if (tokens.Current.Kind == TokenKind.Name && tokens.Following.Is("="))
            {
                Ensure(moreNamed is null, position);
                var name = tokens.Next().Text;
                tokens.Next();
                named.Add((name, Expression()));
            }
            else
            {
                Ensure(more is null && moreNamed is null && named.Count == 0, position);
                positional.Add(Expression());
            }
        }
        tokens.Expect(")");
        return new([.. positional], [.. named], more, moreNamed);

        void Ensure(bool isRight, int position)
        {
            if (!isRight) throw tokens.Error(
                "The arguments are in the wrong order. Write positional ones, then named ones, then *list and **dictionary.", position);
        }
    }

    internal FilterNode Filter(Expression? value, bool isFirst = false)
    {
        if (!isFirst) tokens.Expect("|");
        var position = tokens.Current.Position;
        var name = DottedName("filter");
        var arguments = tokens.Current.Is("(") ? Arguments() : ArgumentsNode.None;
        return new(value, name, arguments) { Position = position, Depth = Math.Max(value?.Depth ?? 0, arguments.Depth) + 1 };
    }

    string DottedName(string what)
    {
        var name = tokens.Expect(TokenKind.Name, $"the name of a {what}").Text;
        while (tokens.Skip(".")) name += $".{tokens.Expect(TokenKind.Name, $"the name of a {what}").Text}";
        return name;
    }

    Expression Test(Expression value)
    {
        tokens.Next();
        var position = tokens.Current.Position;
        var isNot = tokens.SkipName("not");
        var name = DottedName("test");
        var arguments = ArgumentsNode.None;
        if (tokens.Current.Is("(")) arguments = Arguments();
        else if ((tokens.Current.Kind is TokenKind.Name or TokenKind.Text or TokenKind.Integer or TokenKind.Float
            || tokens.Current.Is("[") || tokens.Current.Is("{"))
                && !(tokens.Current is { Kind: TokenKind.Name, Text: "else" or "or" or "and" }))
        {
            if (tokens.Current.IsName("is")) throw tokens.Error("Tests can't be chained with \"is\". Write \"and\" between them.",
                tokens.Current.Position);
            arguments = new([Postfix(Primary())], [], null, null);
        }
        Expression test = new TestNode(value, name, arguments) { Position = position, Depth = Math.Max(value.Depth, arguments.Depth) + 1 };
        return isNot ? new NotNode(test) { Position = position, Depth = test.Depth + 1 } : test;
    }
}
