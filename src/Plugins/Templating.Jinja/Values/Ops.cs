using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace Modular.Templating.Jinja;

enum BinaryOp
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}

/// <summary>The operators of Python for values of all types.</summary>
static class Ops
{
    internal static object? Binary(BinaryOp op, object? left, object? right, RenderState state)
    {
        if (left is not null && right is not null && Num.IsNumber(left) && Num.IsNumber(right)) return op switch
        {
            BinaryOp.Add => Num.Add(left, right),
            BinaryOp.Subtract => Num.Subtract(left, right),
            BinaryOp.Multiply => Num.Multiply(left, right),
            BinaryOp.Divide => Num.Divide(left, right),
            BinaryOp.FloorDivide => Num.FloorDivide(left, right),
            BinaryOp.Modulo => Num.Modulo(left, right),
            _ => Num.Power(left, right),
        };
        if (op == BinaryOp.Modulo && left is string or Markup) return PercentFormat.Format(left, right, state);
        if (left is Undefined first) throw first.Fail();
        if (right is Undefined second) throw second.Fail();
        return op switch
        {
            BinaryOp.Add => Add(left, right, state),
            BinaryOp.Multiply => Num.IsInt(right) ? Repeat(left, right!, state) : Num.IsInt(left) ? Repeat(right, left!, state) : null,
            BinaryOp.Subtract => Dates(left, right),
            _ => null,
        } ?? throw Unsupported(Sign(op), left, right);
    }

    static object? Dates(object? left, object? right) => (left, right) switch
    {
        (DateTime a, DateTime b) => a - b,
        (DateTimeOffset a, DateTimeOffset b) => a - b,
        (DateOnly a, DateOnly b) => TimeSpan.FromDays(a.DayNumber - b.DayNumber),
        (DateTime a, TimeSpan b) => a - b,
        (DateTimeOffset a, TimeSpan b) => a - b,
        (TimeSpan a, TimeSpan b) => a - b,
        _ => null,
    };

    static object? Add(object? left, object? right, RenderState state)
    {
        if (left is string a && right is string b) return state.Make(string.Concat(a, b));
        if (Py.AsText(left) is { } one && Py.AsText(right) is { } other)
            return left is Markup || right is Markup
                ? new Markup(state.Make((left is Markup ? one : Text.Escape(one)) + (right is Markup ? other : Text.Escape(other))))
                : state.Make(one + other);
        if (left is IList and not Array && right is IList and not Array || left is Array && right is Array or PyList || left is PyList
            && right is Array)
            return Joined(left, right, state);
        if (left is PyTuple or ITuple && right is PyTuple or ITuple)
            return new PyTuple([.. Py.Items(left, state), .. Py.Items(right, state)]);
        return (left, right) switch
        {
            (DateTime time, TimeSpan span) => time + span,
            (DateTimeOffset time, TimeSpan span) => time + span,
            (TimeSpan span, TimeSpan more) => span + more,
            (string, _) => throw new JinjaError($"can only concatenate str (not \"{Py.TypeName(right)}\") to str"),
            _ => null,
        };
    }

    static PyList Joined(object left, object right, RenderState state)
    {
        var all = Py.List(left, state);
        all.AddRange(Py.Items(right, state));
        return all;
    }

    static object? Repeat(object? value, object times, RenderState state)
    {
        if (value is not (string or Markup or PyTuple or ITuple or IList)) return null;
        if (!Num.TryLong(times, out var count)) throw new JinjaError("cannot fit 'int' into an index-sized integer");
        count = Math.Max(0, count);
        if (Py.AsText(value) is { } text)
        {
            var length = (Int128)text.Length * count;
            state.Made(length > int.MaxValue ? int.MaxValue : (long)length);
            var repeated = new StringBuilder((int)length).Insert(0, text, (int)count).ToString();
            return value is Markup ? new Markup(repeated) : repeated;
        }
        List<object?> all = [], items = [.. Py.Items(value, state)];
        if (items.Count > 0)
            for (long i = 0; i < count; i++)
                foreach (var item in items)
                {
                    state.Render.Step();
                    all.Add(item);
                }
        return value is PyTuple or ITuple ? new PyTuple([.. all]) : new PyList(all);
    }

    internal static object? Negate(object? value) => value is not null && Num.IsNumber(value) ? Num.Negate(value)
        : value is TimeSpan span ? -span : throw Unary("-", value);

    internal static object? Plus(object? value) => value is not null && Num.IsNumber(value) ? Num.Plus(value) : throw Unary("+", value);

    static JinjaError Unary(string sign, object? value) =>
        value is Undefined undefined ? undefined.Fail() : new($"bad operand type for unary {sign}: '{Py.TypeName(value)}'");

    static JinjaError Unsupported(string sign, object? left, object? right) =>
        new($"unsupported operand type(s) for {sign}: '{Py.TypeName(left)}' and '{Py.TypeName(right)}'");

    static string Sign(BinaryOp op) => op switch
    {
        BinaryOp.Add => "+",
        BinaryOp.Subtract => "-",
        BinaryOp.Multiply => "*",
        BinaryOp.Divide => "/",
        BinaryOp.FloorDivide => "//",
        BinaryOp.Modulo => "%",
        _ => "** or pow()",
    };
}

/// <summary>Escaping and joining texts.</summary>
static class Text
{
    internal static string Escape(string text) => Markup.Escape(text).ToString();

    /// <summary>The HTML of a value: markup as it is, everything else escaped.</summary>
    internal static string Html(object? value, RenderState state) => value is Markup markup ? markup.ToString()
        : value is Microsoft.AspNetCore.Html.IHtmlContent content ? Markup.Escape(content).ToString()
        : Escape(Py.Str(value, state));

    /// <summary>Writes a value to the page, escaped where escaping is on.</summary>
    internal static void Write(object? value, RenderState state)
    {
        var output = state.Out;
        switch (value)
        {
            case string text when state.Autoescape: Markup.Escape(text, output); return;
            case string text: output.Write(text); return;
            case Markup markup: output.Write(markup.ToString()); return;
            case int number:
                Span<char> digits = stackalloc char[11];
                number.TryFormat(digits, out var written, default, System.Globalization.CultureInfo.InvariantCulture);
                output.Write(digits[..written]);
                return;
            case Undefined { Kind: JinjaUndefined.Default or JinjaUndefined.Chainable }: return;
            case Module or Microsoft.AspNetCore.Html.IHtmlContent:
                output.Write(Html(value is Module module ? new Markup(module.Text)
                : value, state)); return;
            default:
                var shown = Py.Str(value, state);
                if (state.Autoescape) Markup.Escape(shown, output);
                else output.Write(shown);
                return;
        }
    }
}
