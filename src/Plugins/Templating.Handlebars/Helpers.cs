using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;

namespace Modular.Templating.Handlebars;

/// <summary>
/// Functions and filters as helpers: <c>{{url_for 'static' filename='style.css'}}</c>, <c>{{upper name}}</c>, <c>{{#if (even n)}}</c>.
/// </summary>
static class Helpers
{
    static readonly string[] Reserved = ["if", "each", "unless", "with", "lookup", "inline", "else", "this"];

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

    /// <summary>All names that a template can call.</summary>
    internal static IEnumerable<string> Names(TemplateLibrary library) =>
        Own.Keys.Concat(library.Filters.Keys).Concat(library.Functions).Append("lookup").Distinct().Order(StringComparer.Ordinal);

    /// <summary>True for keywords of the language.</summary>
    internal static bool IsWord(string name) => Array.Exists(Reserved, word => word.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ModularException">Two helpers have the same name, or a helper has the name of a keyword or of a built-in
    /// helper.</exception>
    internal static void Add(HandlebarsConfiguration configuration, HandlebarsEngine engine)
    {
        var library = engine.Library;
        foreach (var name in library.Filters.Keys.Concat(library.Functions).Where(IsWord)) throw new ModularException(
            $"The template filter or function \"{name}\" has the name of a Handlebars keyword, which would be called instead. " +
            "Choose another name.");
        foreach (var name in library.Functions.Where(library.Filters.ContainsKey)) throw new ModularException(
            $"\"{name}\" is both a template filter and a template function, and Handlebars has only helpers. Rename one of them.");
        foreach (var name in library.Filters.Keys.Concat(library.Functions).Where(name => configuration.Helpers.ContainsKey(name)))
            throw new ModularException(
                $"HandlebarsOptions.Configure adds the helper \"{name}\", which is already a filter or function of the application. " +
                "Choose another name.");
        foreach (var (name, filter) in Own)
            if (!configuration.Helpers.ContainsKey(name)) configuration.Helpers[name] = new FilterHelper(name, filter);
        foreach (var (name, filter) in library.Filters) configuration.Helpers[name] = new FilterHelper(name, filter);
        foreach (var name in library.Functions) configuration.Helpers[name] = new FunctionHelper(name);
        configuration.Helpers[HandlebarsScanner.Mark] = new MarkHelper();
    }

    /// <summary>The positional and the named arguments. A value that doesn't exist is null.</summary>
    internal static (object?[] Positional, (string, object?)[] Named) Split(in Arguments arguments)
    {
        var named = arguments.Length > 0 ? arguments[arguments.Length - 1] as HashParameterDictionary : null;
        var positional = new object?[arguments.Length - (named is null ? 0 : 1)];
        for (var i = 0; i < positional.Length; i++) positional[i] = Plain(arguments[i]);
        return (positional, named is null ? [] : [.. named.Select(pair => (pair.Key, Plain(pair.Value)))]);
    }

    static object? Plain(object? value) => value is UndefinedBindingResult ? null : value;

    static bool IsEmpty(object? value) =>
        value is null or false or "" or 0 || TemplateComparison.IsNumber(value) && TemplateComparison.Compare(value, 0) == 0
            || value is IEnumerable items and not string && !items.Cast<object?>().Any();

    static bool Same(object? left, object? right) => TemplateComparison.AreEqual(left, right)
        || TryNumbers(left, right, out var order) && order == 0
            || IsSimple(left) && IsSimple(right) && TemplateData.Text(left) == TemplateData.Text(right);

    static int Compare(object? left, object? right) =>
        TemplateComparison.Compare(left, right) ?? (TryNumbers(left, right, out var order)
            ? order
            : string.CompareOrdinal(TemplateData.Text(left), TemplateData.Text(right)));

    // A number and a numeric text, such as an argument of the request.
    static bool TryNumbers(object? left, object? right, out int order)
    {
        order = 0;
        if (!TemplateComparison.IsNumber(left) && !TemplateComparison.IsNumber(right) || !TryNumber(left, out var first)
            || !TryNumber(right, out var second)) return false;
        order = TemplateComparison.Compare(first, second) ?? 0;
        return true;
    }

    static bool TryNumber(object? value, [NotNullWhen(true)] out object? number)
    {
        number = TemplateComparison.IsNumber(value) ? value
            : value is string or Markup && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture,
                out var parsed)
                ? parsed
                : null;
        return number is not null;
    }

    static bool IsSimple(object? value) => value is string or Markup or IFormattable or bool or char;
}

/// <summary>A helper. Its result is written like any other value.</summary>
abstract class PageHelper(string name) : IHelperDescriptor<HelperOptions>
{
    // In brackets, because Handlebars could read the name as a path.
    public PathInfo Name { get; } = $"[{name}]";

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments)
    {
        var page = PageState.Current!;
        try
        {
            // A variable with the same name.
            if (arguments.Length == 0 && options.ResolvePath(options.Name) is { } value and not UndefinedBindingResult) return value;
            var (positional, named) = Helpers.Split(arguments);
            var result = Call(page, new TemplateArguments(positional, named, page.Render));
            // Counts text that the helper created, but not text that it returned unchanged.
            if (result is string or Markup && !(positional is [var input, ..] && result == input))
                page.Render.Count(result.ToString()!.Length);
            return result;
        }
        catch (Exception error) when (Failure.IsToTell(error))
        {
            throw Failure.Named(page, name, error.Message, error);
        }
    }

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments) =>
        output.Write(Invoke(options, context, arguments));

    protected abstract object? Call(PageState page, TemplateArguments arguments);
}

sealed class FilterHelper(string name, TemplateFilter filter) : PageHelper(name)
{
    protected override object? Call(PageState page, TemplateArguments arguments) =>
        arguments.Positional.Count == 0 ? filter(null, arguments)
        : filter(arguments.Positional[0], new TemplateArguments([.. arguments.Positional.Skip(1)], arguments.Named, page.Render));
}

sealed class FunctionHelper(string name) : PageHelper(name)
{
    readonly string _name = name;

    protected override object? Call(PageState page, TemplateArguments arguments) =>
        page.Render.Values.TryGet(_name, out var value) && value is TemplateFunction function ? function(arguments) : value;
}

/// <summary>Records the position of the page.</summary>
sealed class MarkHelper : IHelperDescriptor<HelperOptions>
{
    public PathInfo Name { get; } = HandlebarsScanner.Mark;

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments)
    {
        var page = PageState.Current!;
        if (page.Engine.SourceOf((int)arguments[0]!) is { } source) page.Place = (source, (int)arguments[1]!);
        return null;
    }

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments) =>
        Invoke(options, context, arguments);
}

/// <summary>Resolves partials to the application's templates.</summary>
sealed class Partials(HandlebarsEngine engine) : IPartialTemplateResolver
{
    public bool TryRegisterPartial(IHandlebars env, string? partialName, string? templatePath)
    {
        if (partialName is null || engine.Find(partialName) is not { } name) return false;
        env.RegisterTemplate(partialName, (writer, context, data) => ((HandlebarsPage)engine.Library.Get(name))
            .Render(writer, context, data));
        return true;
    }
}
