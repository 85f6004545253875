using System.Globalization;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Parses expressions, with Jinja's precedence.</summary>
sealed partial class ExpressionParser(TokenStream tokens)
{
    const int MaxNesting = 60;
    const int MaxDepth = 300;

    int _nesting;

    internal Expression Expression(bool withCondition = true)
    {
        if (++_nesting > MaxNesting || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw tokens.Error($"An expression is nested deeper than {MaxNesting} levels. Split it with {{% set %}}.",
                tokens.Current.Position);
        var value = withCondition ? Conditional() : Or();
        _nesting--;
        return value;
    }

    Expression Conditional()
    {
        var position = tokens.Current.Position;
        var value = Or();
        while (tokens.SkipName("if"))
        {
            var condition = Or();
            var no = tokens.SkipName("else") ? Expression() : null;
            value = new ConditionalNode(condition, value, no) { Position = position, Depth = Deeper(value, condition, no) };
        }
        return value;
    }

    Expression Or()
    {
        var left = And();
        while (tokens.SkipName("or")) left = Logic(false, left, And());
        return left;
    }

    Expression And()
    {
        var left = Not();
        while (tokens.SkipName("and")) left = Logic(true, left, Not());
        return left;
    }

    LogicNode Logic(bool isAnd, Expression left, Expression right) =>
        new(isAnd, left, right) { Position = left.Position, Depth = Deeper(left, right) };

    Expression Not()
    {
        var position = tokens.Current.Position;
        if (!tokens.SkipName("not")) return Compare();
        var value = Nested(Not);
        return new NotNode(value) { Position = position, Depth = Deeper(value) };
    }

    Expression Compare()
    {
        var first = Sum();
        List<(string, Expression)> rest = [];
        while (true)
        {
            if (tokens.Current is { Kind: TokenKind.Operator, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" })
                rest.Add((tokens.Next().Text, Sum()));
            else if (tokens.SkipName("in")) rest.Add(("in", Sum()));
            else if (tokens.Current.IsName("not") && tokens.Following.IsName("in"))
            {
                tokens.Next();
                tokens.Next();
                rest.Add(("not in", Sum()));
            }
            else break;
        }
        return rest.Count == 0 ? first
            : new CompareNode(first, [.. rest]) { Position = first.Position, Depth = Deeper([first, .. rest.Select(item => item.Item2)]) };
    }

    Expression Sum()
    {
        var left = Concat();
        while (tokens.Current is { Kind: TokenKind.Operator, Text: "+" or "-" })
            left = Binary(tokens.Next().Text == "+" ? BinaryOp.Add : BinaryOp.Subtract, left, Concat());
        return left;
    }

    Expression Concat()
    {
        List<Expression> parts = [Product()];
        while (tokens.Skip("~")) parts.Add(Product());
        return parts.Count == 1 ? parts[0]
            : new ConcatNode([.. parts]) { Position = parts[0].Position, Depth = Deeper([.. parts]) };
    }

    Expression Product()
    {
        var left = Power();
        while (tokens.Current is { Kind: TokenKind.Operator, Text: "*" or "/" or "//" or "%" })
            left = Binary(tokens.Next().Text switch
            {
                "*" => BinaryOp.Multiply,
                "/" => BinaryOp.Divide,
                "//" => BinaryOp.FloorDivide,
                _ => BinaryOp.Modulo,
            }, left, Power());
        return left;
    }

    Expression Power()
    {
        var left = Unary(withFilters: true);
        while (tokens.Skip("**")) left = Binary(BinaryOp.Power, left, Unary(withFilters: true));
        return left;
    }

    BinaryNode Binary(BinaryOp op, Expression left, Expression right) =>
        new(op, left, right) { Position = left.Position, Depth = Deeper(left, right) };

    internal Expression Unary(bool withFilters)
    {
        var position = tokens.Current.Position;
        Expression value;
        if (tokens.Current is { Kind: TokenKind.Operator, Text: "-" or "+" })
        {
            var isMinus = tokens.Next().Text == "-";
            var inner = Nested(() => Unary(withFilters: false));
            value = new SignNode(isMinus, inner) { Position = position, Depth = Deeper(inner) };
        }
        else value = Primary();
        value = Postfix(value);
        return withFilters ? Filters(value) : value;
    }

    T Nested<T>(Func<T> parse)
    {
        if (++_nesting > MaxNesting) throw tokens.Error(
            $"An expression is nested deeper than {MaxNesting} levels. Split it with {{% set %}}.", tokens.Current.Position);
        var value = parse();
        _nesting--;
        return value;
    }

    internal Expression Primary()
    {
        var token = tokens.Next();
        switch (token.Kind)
        {
            case TokenKind.Name:
                return token.Text switch
                {
                    "true" or "True" => Constant(true),
                    "false" or "False" => Constant(false),
                    "none" or "None" => Constant(null),
                    _ => new NameNode(token.Text) { Position = token.Position },
                };
            case TokenKind.Text:
                var text = new StringBuilder(token.Text);
                while (tokens.Current.Kind == TokenKind.Text) text.Append(tokens.Next().Text);
                return Constant(text.ToString());
            case TokenKind.Integer or TokenKind.Float: return Constant(token.Value);
            case TokenKind.Operator when token.Text == "(":
                var tuple = Nested(() => Tuple(canBeEmpty: true));
                tokens.Expect(")");
                return tuple;
            case TokenKind.Operator when token.Text == "[": return List(token.Position);
            case TokenKind.Operator when token.Text == "{": return Dict(token.Position);
            default: throw tokens.Error($"An expression is missing before {token}. Write a value.", token.Position);
        }

        ConstantNode Constant(object? value) => new(value) { Position = token.Position };
    }

    ListNode List(int position)
    {
        List<Expression> items = [];
        while (!tokens.Current.Is("]"))
        {
            if (items.Count > 0) tokens.Expect(",");
            if (tokens.Current.Is("]")) break;
            items.Add(Expression());
        }
        tokens.Expect("]");
        return new([.. items]) { Position = position, Depth = Deeper([.. items]) };
    }

    DictNode Dict(int position)
    {
        List<(Expression Key, Expression Value)> entries = [];
        while (!tokens.Current.Is("}"))
        {
            if (entries.Count > 0) tokens.Expect(",");
            if (tokens.Current.Is("}")) break;
            var key = Expression();
            tokens.Expect(":");
            entries.Add((key, Expression()));
        }
        tokens.Expect("}");
        return new([.. entries])
        {
            Position = position,
            Depth = Deeper([.. entries.SelectMany(entry => (Expression[])[entry.Key, entry.Value])])
        };
    }

    /// <summary>One expression, or a tuple of some with commas between them.</summary>
    /// <param name="canBeEmpty">True inside of parentheses.</param>
    /// <param name="withCondition">False where <c>if</c> belongs to the statement.</param>
    /// <param name="end">A word that ends the tuple.</param>
    internal Expression Tuple(bool canBeEmpty = false, bool withCondition = true, string? end = null)
    {
        var position = tokens.Current.Position;
        List<Expression> items = [];
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0 && !isTuple) throw tokens.Unexpected("\",\"");
            if (IsEnd()) break;
            items.Add(Expression(withCondition));
            if (!tokens.Skip(",")) break;
            isTuple = true;
        }
        if (!isTuple && items.Count == 1) return items[0];
        if (items.Count == 0 && !canBeEmpty) throw tokens.Error($"An expression is missing before {tokens.Current}. Write a value.",
            position);
        return new TupleNode([.. items]) { Position = position, Depth = Deeper([.. items]) };

        bool IsEnd() => tokens.Current.Kind is TokenKind.BlockEnd or TokenKind.VariableEnd || tokens.Current.Is(")")
            || end is not null && tokens.Current.IsName(end);
    }

    Expression Postfix(Expression value)
    {
        while (true)
        {
            if (tokens.Current.Is(".")) value = Member(value);
            else if (tokens.Current.Is("[")) value = Subscript(value);
            else if (tokens.Current.Is("(")) value = Call(value);
            else return value;
            Check(value);
        }
    }

    Expression Filters(Expression value)
    {
        while (true)
        {
            if (tokens.Current.Is("|")) value = Filter(value);
            else if (tokens.Current.IsName("is")) value = Test(value);
            else if (tokens.Current.Is("(")) value = Call(value);
            else return value;
            Check(value);
        }
    }

    Expression Member(Expression target)
    {
        var dot = tokens.Next();
        var token = tokens.Next();
        return token.Kind switch
        {
            TokenKind.Name => new AttributeNode(target, token.Text) { Position = dot.Position, Depth = target.Depth + 1 },
            TokenKind.Integer => new ItemNode(target, new ConstantNode(token.Value)) { Position = dot.Position, Depth = target.Depth + 1 },
            _ => throw tokens.Error("A name or a number is missing after \".\".", token.Position),
        };
    }

    Expression Subscript(Expression target)
    {
        var position = tokens.Next().Position;
        List<Expression> keys = [];
        SliceNode? slice = null;
        while (!tokens.Current.Is("]"))
        {
            if (keys.Count > 0 || slice is not null) tokens.Expect(",");
            var start = tokens.Current.Is(":") ? null : Expression();
            if (tokens.Current.Is(":"))
            {
                if (slice is not null || keys.Count > 0) throw tokens.Unexpected("\"]\"");
                slice = Slice(target, start, position);
            }
            else keys.Add(start!);
        }
        tokens.Expect("]");
        if (slice is not null) return keys.Count == 0 ? slice : throw tokens.Error("A slice has more than one part.", position);
        Expression key = keys.Count == 1 ? keys[0] : new TupleNode([.. keys]) { Position = position };
        return new ItemNode(target, key) { Position = position, Depth = Deeper([target, .. keys]) };
    }

    SliceNode Slice(Expression target, Expression? start, int position)
    {
        tokens.Expect(":");
        var stop = IsBound() ? Expression() : null;
        var step = tokens.Skip(":") && IsBound() ? Expression() : null;
        return new(target, start, stop, step) { Position = position, Depth = Deeper(target, start, stop, step) };

        bool IsBound() => !tokens.Current.Is(":") && !tokens.Current.Is("]") && !tokens.Current.Is(",");
    }

    int Deeper(params ReadOnlySpan<Expression?> parts)
    {
        var depth = 0;
        foreach (var part in parts) depth = Math.Max(depth, part?.Depth ?? 0);
        if (depth >= MaxDepth) throw TooDeep(parts[0]!);
        return depth + 1;
    }

    void Check(Expression value)
    {
        if (value.Depth > MaxDepth) throw TooDeep(value);
    }

    JinjaSyntaxException TooDeep(Expression value) => tokens.Error(string.Create(CultureInfo.InvariantCulture,
        $"An expression has more than {MaxDepth} operations in a row. Split it with {{% set %}}."), value.Position);
}
