using System.Collections;
using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;

namespace Modular.Templating.Handlebars;

/// <summary>Functions and filters as helpers: <c>{{url_for 'static' filename='style.css'}}</c>, <c>{{upper name}}</c>, <c>{{#if (even n)}}</c>.</summary>
static class Helpers
{
    static readonly string[] Reserved = ["if", "each", "unless", "with", "lookup", "log", "inline", "else", "this"];

    static readonly Dictionary<string, TemplateFilter> Own = new()
    {
        ["eq"] = (value, arguments) => Same(value, arguments.Get(0, "other", (object?)null)),
        ["ne"] = (value, arguments) => !Same(value, arguments.Get(0, "other", (object?)null)),
        ["lt"] = (value, arguments) => Compare(value, arguments.Get(0, "other", (object?)null)) < 0,
        ["gt"] = (value, arguments) => Compare(value, arguments.Get(0, "other", (object?)null)) > 0,
        ["not"] = (value, _) => IsEmpty(value),
        ["and"] = (value, arguments) => arguments.Positional.Aggregate(value, (all, next) => IsEmpty(all) ? all : next),
        ["or"] = (value, arguments) => arguments.Positional.Aggregate(value, (any, next) => IsEmpty(any) ? next : any),
        ["default"] = (value, arguments) => IsEmpty(value) ? arguments.Get(0, "value", (object?)"") : value,
    };

    internal static void Add(HandlebarsConfiguration configuration, HandlebarsEngine engine)
    {
        foreach (var (name, filter) in Own) configuration.Helpers[name] = new FilterHelper(name, filter);
        foreach (var (name, filter) in engine.Library.Filters)
            if (!Reserved.Contains(name)) configuration.Helpers[name] = new FilterHelper(name, filter);
        foreach (var name in engine.Library.Functions)
            if (!Reserved.Contains(name)) configuration.Helpers[name] = new FunctionHelper(name);
        configuration.Helpers[HandlebarsScanner.Mark] = new MarkHelper();
    }

    /// <summary>Arguments by position, those by name, and null for what does not exist.</summary>
    internal static (object?[] Positional, (string, object?)[] Named) Split(in Arguments arguments)
    {
        var named = arguments.Length > 0 ? arguments[arguments.Length - 1] as HashParameterDictionary : null;
        var positional = new object?[arguments.Length - (named is null ? 0 : 1)];
        for (var i = 0; i < positional.Length; i++) positional[i] = Plain(arguments[i]);
        return (positional, named is null ? [] : [.. named.Select(pair => (pair.Key, Plain(pair.Value)))]);
    }

    static object? Plain(object? value) => value is UndefinedBindingResult ? null : value;

    static bool IsEmpty(object? value) => value is null or false or "" or 0 || value is IEnumerable items and not string && !items.Cast<object?>().Any();

    static bool Same(object? left, object? right) => Equals(left, right) || left is not null && right is not null && Compare(left, right) == 0;

    static int Compare(object? left, object? right) =>
        left is IConvertible and not string && right is IConvertible && IsNumber(left) && decimal.TryParse(Text(right), CultureInfo.InvariantCulture, out var number)
            ? Convert.ToDecimal(left, CultureInfo.InvariantCulture).CompareTo(number)
            : left is IComparable comparable && left.GetType() == right?.GetType() && left is not string ? comparable.CompareTo(right)
            : string.CompareOrdinal(Text(left), Text(right));

    static bool IsNumber(object value) => Convert.GetTypeCode(value) is >= TypeCode.SByte and <= TypeCode.Decimal && value is not Enum;

    static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

/// <summary>A helper, whose result is written as every value is.</summary>
abstract class PageHelper(string name) : IHelperDescriptor<HelperOptions>
{
    // In brackets, because a name may be one that Handlebars would read as a path.
    public PathInfo Name { get; } = $"[{name}]";

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments)
    {
        var page = PageState.Current!;
        try
        {
            // A variable of the same name.
            if (arguments.Length == 0 && options.ResolvePath(options.Name) is { } value and not UndefinedBindingResult) return value;
            var (positional, named) = Helpers.Split(arguments);
            return Call(page, positional, named);
        }
        catch (Exception error) when (Failure.IsToTell(error))
        {
            throw Failure.Named(page, name, error.Message, error);
        }
    }

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments) =>
        output.Write(Invoke(options, context, arguments));

    protected abstract object? Call(PageState page, object?[] positional, (string, object?)[] named);
}

sealed class FilterHelper(string name, TemplateFilter filter) : PageHelper(name)
{
    protected override object? Call(PageState page, object?[] positional, (string, object?)[] named) =>
        positional is [var value, .. var rest] ? filter(value, new(rest, named)) : filter(null, new([], named));
}

sealed class FunctionHelper(string name) : PageHelper(name)
{
    readonly string _name = name;

    protected override object? Call(PageState page, object?[] positional, (string, object?)[] named) =>
        page.Render.Values.TryGet(_name, out var value) && value is TemplateFunction function ? function(new(positional, named)) : value;
}

/// <summary>Notes where the page is.</summary>
sealed class MarkHelper : IHelperDescriptor<HelperOptions>
{
    public PathInfo Name { get; } = HandlebarsScanner.Mark;

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments)
    {
        var page = PageState.Current!;
        if (page.Engine.SourceOf((int)arguments[0]!) is { } source) page.Place = (source, (int)arguments[1]!);
        return null;
    }

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments) => Invoke(options, context, arguments);
}

/// <summary>Partials are the application's templates.</summary>
sealed class Partials(HandlebarsEngine engine) : IPartialTemplateResolver
{
    public bool TryRegisterPartial(IHandlebars env, string? partialName, string? templatePath)
    {
        if (partialName is null || engine.Find(partialName) is not { } name) return false;
        env.RegisterTemplate(partialName, (writer, context, data) => ((HandlebarsPage)engine.Library.Get(name)).Render(writer, context, data));
        return true;
    }
}
