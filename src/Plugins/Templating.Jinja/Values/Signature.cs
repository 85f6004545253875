using System.Globalization;

namespace Modular.Templating.Jinja;

/// <summary>The arguments of a call, evaluated.</summary>
sealed class Arguments(object?[] positional, (string Name, object? Value)[] named)
{
    internal static Arguments None { get; } = new([], []);

    internal object?[] Positional => positional;

    internal (string Name, object? Value)[] Named => named;

    internal static Arguments Of(params object?[] positional) => positional.Length == 0 ? None : new(positional, []);

    internal TemplateArguments ForApplication(RenderState state) => new(
        [.. positional.Select(value => Jinja.ForApplication.Value(value, state))],
        [.. named.Select(argument => (argument.Name, Jinja.ForApplication.Value(argument.Value, state)))], state.Render);
}

/// <summary>The parameters of a built-in function, filter or method, with the defaults of optional ones.</summary>
sealed class Signature
{
    readonly string _name;
    readonly string[] _names;
    readonly object?[] _defaults;
    readonly bool _takesMore;
    readonly bool _takesNames;

    Signature(string name, List<(string Name, object? Default)> parameters, bool takesMore, bool takesNames) =>
        (_name, _names, _defaults, _takesMore, _takesNames) = (name, [.. parameters.Select(parameter => parameter.Name)],
            [.. parameters.Select(parameter => parameter.Default)], takesMore, takesNames);

    internal string Name => _name;

    /// <summary>Reads a signature as Python writes it: <c>replace(old, new, count=None)</c>.</summary>
    internal static Signature Of(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        List<(string, object?)> parameters = [];
        var (takesMore, takesNames) = (false, false);
        foreach (var part in Parts(text[(open + 1)..^1]))
        {
            if (part.StartsWith("**", StringComparison.Ordinal)) takesNames = true;
            else if (part[0] == '*') takesMore = true;
            else if (part.Split('=', 2) is [var name, var value]) parameters.Add((name, Default(value)));
            else parameters.Add((part, Marker.Missing));
        }
        return new(text[..open], parameters, takesMore, takesNames);
    }

    // A default can be a text with commas.
    static IEnumerable<string> Parts(string text)
    {
        var (start, isText) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'') isText = !isText;
            if (text[i] != ',' || isText) continue;
            yield return text[start..i];
            start = i + 2;
        }
        if (start < text.Length) yield return text[start..];
    }

    static object? Default(string text) => text switch
    {
        "None" => null,
        "True" => true,
        "False" => false,
        ['\'', .. var inner, '\''] => inner,
        _ => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// The values of the parameters in order. After them, if the function takes more: a tuple of positional ones, a dictionary of named
    /// ones.
    /// </summary>
    internal object?[] Bind(Arguments arguments)
    {
        var count = _names.Length;
        var size = count + (_takesMore ? 1 : 0) + (_takesNames ? 1 : 0);
        if (size == 0 && arguments.Positional.Length + arguments.Named.Length == 0) return [];
        var bound = new object?[size];
        Array.Copy(_defaults, bound, count);
        var positional = arguments.Positional;
        if (positional.Length > count && !_takesMore) throw new JinjaError(
            $"{_name}() takes {count} arguments but {positional.Length} were given");
        Array.Copy(positional, bound, Math.Min(count, positional.Length));
        if (_takesMore) bound[count] = positional.Length > count ? new PyTuple(positional[count..]) : PyTuple.Empty;
        PyDict? more = null;
        foreach (var (name, value) in arguments.Named)
        {
            var at = Array.IndexOf(_names, name);
            if (at >= 0) bound[at] = at < positional.Length
                ? throw new JinjaError($"{_name}() got multiple values for argument '{name}'") : value;
            else if (_takesNames) (more ??= new())[name] = value;
            else throw new JinjaError($"{_name}() got an unexpected keyword argument '{name}'");
        }
        if (_takesNames) bound[^1] = more ?? new PyDict();
        for (var i = 0; i < count; i++)
            if (ReferenceEquals(bound[i], Marker.Missing))
                throw new JinjaError($"{_name}() missing 1 required positional argument: '{_names[i]}'");
        return bound;
    }
}

/// <summary>The code of a built-in function.</summary>
/// <param name="state">The page.</param>
/// <param name="target">The value before a filter or a test, or the object of a method.</param>
/// <param name="arguments">The values of the parameters.</param>
delegate object? BuiltIn(RenderState state, object? target, object?[] arguments);

/// <summary>A method with its object: <c>text.upper</c>. Also a global function, without an object.</summary>
sealed class Method(Signature signature, object? target, BuiltIn code) : ICallable
{
    internal Method(string signature, BuiltIn code) : this(Signature.Of(signature), null, code)
    {
    }

    public object? Call(RenderState state, Arguments arguments) => code(state, target, signature.Bind(arguments));

    public override string ToString() => target is null ? $"<function {signature.Name}>"
        : $"<built-in method {signature.Name} of {Py.TypeName(target)} object>";
}
