namespace Modular.Templating.Liquid;

/// <summary>An expression with a value: <c>user.name | default: 'anonymous' | upcase</c>. It is parsed once.</summary>
abstract class LiquidExpression
{
    /// <summary>The unwrapped value.</summary>
    internal abstract object? Evaluate(LiquidContext context);

    /// <summary>Parses a whole text.</summary>
    internal static LiquidExpression Parse(string text, LiquidTokens tokens)
    {
        var cursor = new LiquidCursor(text, tokens);
        var expression = cursor.Expression();
        cursor.End();
        return expression;
    }
}

sealed class LiquidLiteral(object? value) : LiquidExpression
{
    internal override object? Evaluate(LiquidContext context) => value;
}

/// <summary><c>user.first_name</c>, <c>rows[0]</c>, <c>names[key]</c>.</summary>
sealed class LiquidPath(string name, IReadOnlyList<LiquidExpression> members) : LiquidExpression
{
    internal string Name => name;
    internal IReadOnlyList<LiquidExpression> Members => members;

    internal override object? Evaluate(LiquidContext context) => Resolve(context, context.Find(name), members);

    internal static object? Resolve(LiquidContext context, object? value, IReadOnlyList<LiquidExpression> members)
    {
        for (var i = 0; i < members.Count && value is not null; i++)
            context.Page.TryGetMember(value, TemplateData.Text(members[i].Evaluate(context)), out value);
        return value;
    }
}

/// <summary><c>url_for('static', filename='style.css')</c>; members can follow.</summary>
sealed class LiquidCall(string name, LiquidArguments arguments, IReadOnlyList<LiquidExpression> members) : LiquidExpression
{
    internal override object? Evaluate(LiquidContext context) => context.FindFunction(name) is { } function
        ? LiquidPath.Resolve(context, function(arguments.Evaluate(context)), members)
        : throw new ModularException($"There is no function \"{name}\". " +
            $"Write one of {string.Join(", ", context.Engine.Library.Functions.Order(StringComparer.Ordinal))}, or add it: " +
            $"app.TemplateFunction(\"{name}\", …).");
}

/// <summary><c>(1..5)</c>.</summary>
sealed class LiquidRange(LiquidExpression first, LiquidExpression last) : LiquidExpression
{
    internal override object? Evaluate(LiquidContext context) => new LiquidNumbers(context.Page, End(context, first), End(context, last));

    static long End(LiquidContext context, LiquidExpression end) =>
        end.Evaluate(context) is { } value ? LiquidArithmetic.Whole(value, "A range") : 0;
}

/// <summary>A value with a filter.</summary>
sealed class LiquidFiltered(LiquidExpression value, string name, LiquidFilter filter, LiquidArguments arguments) : LiquidExpression
{
    internal string Name => name;

    internal override object? Evaluate(LiquidContext context)
    {
        var input = value.Evaluate(context);
        var result = filter(context, input, arguments.Evaluate(context));
        // Counts text that the filter created, but not text that it returned unchanged.
        if (result is string or Modular.Markup && result != input) context.Page.Count(result.ToString()!.Length);
        return result;
    }
}

/// <summary>The unevaluated arguments of a call.</summary>
sealed class LiquidArguments(IReadOnlyList<LiquidExpression> positional, IReadOnlyList<(string Name, LiquidExpression Value)> named)
{
    internal TemplateArguments Evaluate(LiquidContext context)
    {
        if (positional.Count + named.Count == 0) return context.Page.NoArguments;
        var values = positional.Count == 0 ? [] : new object?[positional.Count];
        for (var i = 0; i < values.Length; i++) values[i] = positional[i].Evaluate(context);
        var pairs = named.Count == 0 ? [] : new (string, object?)[named.Count];
        for (var i = 0; i < pairs.Length; i++) pairs[i] = (named[i].Name, named[i].Value.Evaluate(context));
        return new TemplateArguments(values, pairs, context.Page);
    }
}
