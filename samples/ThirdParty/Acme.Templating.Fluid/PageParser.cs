using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;
using Fluid.Parser;
using Fluid.Values;
using Modular.Templating;
using Parlot.Fluent;
using static Parlot.Fluent.Parsers;

namespace Acme.Templating.Fluid;

/// <summary>Fluid's language with layouts, calls of functions, and expressions that know their place.</summary>
sealed class PageParser : FluidParser
{
    internal PageParser() : base(new FluidParserOptions { AllowFunctions = true, AllowParentheses = true })
    {
        Primary.Parser = Primary.Parser!.Then(expression => expression switch
        {
            RangeExpression range => new CountedRange(range),
            MemberExpression { Segments: [IdentifierSegment name, FunctionCallSegment, ..] } call => new Call(name.Identifier, call),
            _ => expression,
        });
        FilterExpression.Parser = FilterExpression.Parser!.Then<Expression>((context, expression) =>
            new Placed(expression, (context as PageParseContext)?.Source, context.Scanner.Cursor.Position.Offset));
        // Their ranges aren't read as an expression.
        RegisteredTags["for"] = RegisteredTags["for"].Then(statement => statement is ForStatement { Source: RangeExpression range } loop
            ? new ForStatement(loop.Statements, loop.Identifier, new CountedRange(range), loop.Limit, loop.Offset, loop.Reversed, loop.Else)
            : statement);
        RegisteredTags["tablerow"] = RegisteredTags["tablerow"].Then(statement => statement is TableRowStatement { Source: RangeExpression range } loop
            ? new TableRowStatement(loop.Statements, loop.Identifier, new CountedRange(range), loop.Limit, loop.Offset, loop.Cols)
            : statement);
        RegisteredTags["extends"] = Primary.AndSkip(TagEnd).Then<Statement>(layout => new ExtendsStatement(layout))
            .ElseError("Invalid 'extends' tag");
        RegisteredTags["block"] = Identifier.AndSkip(TagEnd).And(AnyTagsList)
            .AndSkip(CreateTag("endblock").ElseError("'{% endblock %}' was expected"))
            .Then<Statement>(block => new BlockStatement(block.Item1, block.Item2)).ElseError("Invalid 'block' tag");
        foreach (var name in RegisteredOperators.Keys.Where(name => Comparison.Operators.ContainsKey(name)).ToList())
            RegisteredOperators[name] = (left, right) => new Comparison(left, right, Comparison.Operators[name]);
    }
}

/// <summary>Knows which template is parsed.</summary>
sealed class PageParseContext(TemplateSource source) : FluidParseContext(source.Text)
{
    internal TemplateSource Source => source;
}

/// <summary><c>{% extends 'layout.html' %}</c>, which the template reads.</summary>
sealed class ExtendsStatement(Expression layout) : Statement
{
    internal Expression Layout => layout;

    public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context) =>
        throw new FluidException("The tag extends is inside another tag. Move it to the start of the template.");
}

/// <summary><c>{% block name %}default{% endblock %}</c>.</summary>
sealed class BlockStatement(string name, IReadOnlyList<Statement> statements) : Statement
{
    internal string Name => name;

    internal IReadOnlyList<Statement> Statements => statements;

    public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context) =>
        ((PageContext)context).Blocks.GetValueOrDefault(name, this).Statements.RenderStatementsAsync(writer, encoder, context);
}

/// <summary>Gives an error of an expression the place of the expression's end. The source is unknown in macros that are imported.</summary>
sealed class Placed(Expression inner, TemplateSource? source, int offset) : Expression
{
    public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        try
        {
            var value = await inner.EvaluateAsync(context);
            // Fluid doesn't escape the items when it writes a list of its own, such as that of the filter reverse.
            if (value is ArrayValue) value = PageValue.Of(PageValue.ToObject(value, ((PageContext)context).Render), ((PageContext)context).Render);
            return value is PageValue data ? data.At(this) : value;
        }
        catch (Exception error) when (source is not null && Errors.IsForeign(error))
        {
            throw Error(error);
        }
    }

    internal bool IsKnown => source is not null;

    internal TemplateException Error(Exception error)
    {
        var (line, column) = source!.Locate(offset);
        return new(error.Message, source, line, column, error);
    }
}

/// <summary>A call, whose function must exist.</summary>
sealed class Call(string function, MemberExpression call) : Expression
{
    public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        if (context.GetValue(function).IsNil() && (await context.Model.GetValueAsync(function, context)).IsNil())
            throw new FluidException($"There is no function \"{function}\". Add it with app.TemplateFunction(\"{function}\", …).");
        return await call.EvaluateAsync(context);
    }
}

/// <summary>A range, whose numbers count for the limit of the page before they exist.</summary>
sealed class CountedRange(RangeExpression range) : Expression
{
    public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var render = ((PageContext)context).Render;
        var from = (int)(await range.From.EvaluateAsync(context)).ToNumberValue();
        var to = (int)(await range.To.EvaluateAsync(context)).ToNumberValue();
        List<int> numbers = [];
        for (long number = from; number <= to; number++)
        {
            render.Step();
            numbers.Add((int)number);
        }
        return PageValue.Of(numbers, render);
    }
}

/// <summary>Compares values as all engines do.</summary>
sealed class Comparison(Expression left, Expression right, Func<object?, object?, bool> compare) : Expression
{
    internal static readonly IReadOnlyDictionary<string, Func<object?, object?, bool>> Operators = new Dictionary<string, Func<object?, object?, bool>>
    {
        ["=="] = TemplateComparison.AreEqual,
        ["!="] = (a, b) => !TemplateComparison.AreEqual(a, b),
        ["<>"] = (a, b) => !TemplateComparison.AreEqual(a, b),
        [">"] = (a, b) => TemplateComparison.Compare(a, b) > 0,
        ["<"] = (a, b) => TemplateComparison.Compare(a, b) < 0,
        [">="] = (a, b) => TemplateComparison.Compare(a, b) >= 0,
        ["<="] = (a, b) => TemplateComparison.Compare(a, b) <= 0,
    };

    public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var (a, b) = (await left.EvaluateAsync(context), await right.EvaluateAsync(context));
        var render = ((PageContext)context).Render;
        // The words empty and blank compare themselves.
        if (a is EmptyValue or BlankValue) (a, b) = (b, a);
        if (b is EmptyValue or BlankValue) return BooleanValue.Create(compare(b.Equals(a), true));
        return BooleanValue.Create(compare(PageValue.ToObject(a, render), PageValue.ToObject(b, render)));
    }
}
