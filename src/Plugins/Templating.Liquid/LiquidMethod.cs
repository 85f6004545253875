using System.Collections;
using System.Reflection;
using System.Runtime.ExceptionServices;
using DotLiquid;

namespace Modular.Templating.Liquid;

/// <summary>A filter that is a static method, like DotLiquid's filters.</summary>
sealed class LiquidMethod
{
    readonly string _name;
    readonly ParameterInfo[] _parameters;
    readonly MethodInvoker _invoker;
    readonly int _first;

    internal LiquidMethod(string name, MethodInfo method)
    {
        (_name, _parameters, _invoker) = (name, method.GetParameters(), MethodInvoker.Create(method));
        _first = _parameters is [{ ParameterType: var type }, ..] && type == typeof(Context) ? 1 : 0;
    }

    /// <summary>The number of parameters for the value and the arguments.</summary>
    internal int Parameters => _parameters.Length - _first;

    /// <param name="escaping">True when the value is HTML. Added text is escaped then.</param>
    internal object? Call(LiquidContext context, object? value, TemplateArguments arguments, bool escaping)
    {
        var given = arguments.Positional.Count;
        if (given + 1 > Parameters)
            throw new ModularException(
                $"The filter \"{_name}\" takes {Parameters - 1} arguments at most but got {given}. Remove some of them.");
        if (arguments.Named.Count > 0)
            throw new ModularException(
                $"The filter \"{_name}\" takes no named argument but got \"{arguments.Named[0].Name}\". " +
                "Write only the value after the colon.");
        var all = new object?[_parameters.Length];
        if (_first == 1) all[0] = context;
        for (var i = _first; i < all.Length; i++)
        {
            var (parameter, index) = (_parameters[i], i - _first - 1);
            all[i] = index < 0 ? Fit(context, value, parameter)
                : index < given ? Fit(context, escaping ? Escaped(context, arguments.Positional[index]) : arguments.Positional[index],
                    parameter)
                : parameter.HasDefaultValue ? parameter.DefaultValue
                : throw new ModularException($"The filter \"{_name}\" needs its argument \"{parameter.Name}\". Write it after a colon.");
        }
        try
        {
            return LiquidValue.Unwrap(_invoker.Invoke(null, all.AsSpan()));
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            return null;
        }
    }

    static Modular.Markup Escaped(LiquidContext context, object? value) =>
        value as Modular.Markup ?? Modular.Markup.Escape(context.Page.TextOf(value));

    object? Fit(LiquidContext context, object? value, ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (value is null) return null;
        if (type == typeof(string)) return context.Page.TextOf(value);
        if (type.IsInstanceOfType(value) && type != typeof(object) && value is not IEnumerable) return value;
        if (type == typeof(object)) return value is Modular.Markup ? value.ToString() : LiquidValue.Wrap(value);
        if (type == typeof(IEnumerable))
            return LiquidValue.Wrap(value is IEnumerable list and not (string or LiquidNumbers)
                ? context.Page.Counted(list)
                : value) as IEnumerable ?? new[] { LiquidValue.Wrap(value) };
        try
        {
            return TemplateArguments.ConvertTo(value, type);
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw new ModularException(
                $"The filter \"{_name}\" needs a {type.Name} for \"{parameter.Name}\" but got \"{context.Page.TextOf(value)}\". " +
                "Pass another value.", error);
        }
    }
}
