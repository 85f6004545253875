using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Html;
using Modular;
using Modular.Templating;

namespace Acme.Templating.Fluid;

/// <summary>A value of the page. Its members, its items and its text come from Modular.Templating, so that they are those of every engine.</summary>
sealed class PageValue : FluidValue
{
    readonly object _value;
    readonly TemplateRender _render;
    readonly Placed? _place;

    PageValue(object value, TemplateRender render, Placed? place = null) => (_value, _render, _place) = (value, render, place);

    internal static FluidValue Of(object? value, TemplateRender render) => value switch
    {
        null => NilValue.Instance,
        FluidValue own => own,
        bool flag => BooleanValue.Create(flag),
        JsonElement json => TemplateData.Plain(json) is var plain and not JsonElement ? Of(plain, render) : new PageValue(value, render),
        _ => new PageValue(value, render),
    };

    internal static object? ToObject(FluidValue value, TemplateRender render) => value switch
    {
        PageValue page => page._value,
        StringValue { Encode: false } html when render.Escapes => new Markup(html.ToStringValue()),
        NumberValue number => Number(number.ToNumberValue()),
        ArrayValue list => list.Enumerate(null!).Select(item => ToObject(item, render)).ToList(),
        { } other when other.IsNil() => null,
        _ => value.ToObjectValue(),
    };

    /// <summary>A value for a filter of Fluid: text without a mark, numbers and dates of Fluid's own types.</summary>
    internal static FluidValue ForFluid(FluidValue value, global::Fluid.TemplateOptions options) => value switch
    {
        StringValue { Encode: false } html => new StringValue(html.ToStringValue()),
        PageValue { Type: FluidValues.String } text => new StringValue(text.ToStringValue()),
        PageValue { Type: FluidValues.Number or FluidValues.DateTime } page => Create(page._value, options),
        _ => value,
    };

    /// <summary>The arguments of a call. Fluid's list of values ends with those that have a name.</summary>
    internal static TemplateArguments Arguments(int count, Func<int, FluidValue> at, IEnumerable<string>? names, TemplateRender render)
    {
        List<string> named = [.. names ?? []];
        return new([.. Enumerable.Range(0, count - named.Count).Select(i => ToObject(at(i), render))],
            [.. named.Select((name, i) => (name, ToObject(at(count - named.Count + i), render)))], render);
    }

    internal PageValue At(Placed place) => new(_value, _render, place);

    public override FluidValues Type => _value switch
    {
        TemplateFunction => FluidValues.Function,
        string or char or IHtmlContent or Enum or Guid or Uri => FluidValues.String,
        DateTime or DateTimeOffset => FluidValues.DateTime,
        _ when IsExact(_value) => FluidValues.Number,
        IDictionary => FluidValues.Dictionary,
        IEnumerable when !TemplateData.HasOwnMembers(_value.GetType()) => FluidValues.Array,
        _ => FluidValues.Object,
    };

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo)
    {
        try
        {
            if (writer is TemplateWriter page) page.WriteValue(_value);
            else
            {
                using var text = _render.Nest();        // a capture or a macro, whose text isn't escaped again
                text.WriteValue(_value);
                writer.Write(text.ToString());
            }
            return default;
        }
        catch (Exception error) when (_place is { IsKnown: true } && Errors.IsForeign(error))
        {
            throw _place.Error(error);
        }
    }

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) =>
        _render.TryGetMember(_value, name, out var member) ? Of(member, _render) : NilValue.Instance;

    public override ValueTask<FluidValue> GetIndexAsync(FluidValue index, TemplateContext context) =>
        GetValueAsync(index.ToStringValue(), context);

    public override ValueTask<FluidValue> InvokeAsync(FunctionArguments arguments, TemplateContext context) =>
        _value is TemplateFunction function ? Of(function(Arguments(arguments.Count, arguments.At, arguments.Names, _render)), _render)
            : throw new FluidException($"A value of the type {_value.GetType().Name} was called. Only functions can be.");

    public override IEnumerable<FluidValue> Enumerate(TemplateContext context) => _value switch
    {
        IEnumerable items and not string when !TemplateData.HasOwnMembers(_value.GetType()) =>
            _render.Counted(items).Select(item => Of(item, _render)),
        JsonElement { ValueKind: JsonValueKind.Array } json => _render.Counted(json.EnumerateArray()).Select(item => Of(item, _render)),
        _ => [this],
    };

    public override bool Contains(FluidValue value) => Type == FluidValues.String
        ? ToStringValue().Contains(value.ToStringValue(), StringComparison.Ordinal)
        : _value is IDictionary dictionary ? dictionary.Contains(ToObject(value, _render)!)
        : Enumerate(null!).Any(item => item.Equals(value));

    public override bool Equals(FluidValue? other) => other is EmptyValue or BlankValue ? other.Equals(this)
        : other is not null && TemplateComparison.AreEqual(_value, ToObject(other, _render));

    public override bool Equals(object? obj) => Equals(obj as FluidValue);

    public override int GetHashCode() => TemplateComparison.Equality.GetHashCode(_value);

    public override bool ToBooleanValue() => true;

    // Fluid reads the size of a list in this way.
    public override decimal ToNumberValue() => IsExact(_value) ? Convert.ToDecimal(_value, CultureInfo.InvariantCulture)
        : Type is FluidValues.Array or FluidValues.Dictionary ? _value is ICollection { Count: var count } ? count : Enumerate(null!).Count()
        : decimal.TryParse(ToStringValue(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public override string ToStringValue() => _render.TextOf(_value);

    // For filters of Fluid that format what they are given. What isn't data is refused.
    public override object ToObjectValue() => IsExact(_value) || _value is DateTime or DateTimeOffset ? _value : ToStringValue();

    // Numbers that a decimal can hold. Others are text for Fluid.
    static bool IsExact(object value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => true,
        double number => Math.Abs(number) < 1e28,
        float number => Math.Abs(number) < 1e28,
        _ => false,
    };

    static object Number(decimal number) => number.Scale > 0 || Math.Abs(number) > long.MaxValue ? number
        : Math.Abs(number) <= int.MaxValue ? (int)number : (long)number;
}

/// <summary>The names that a page can read, as the model of Fluid.</summary>
sealed class PageNames(TemplateRender render) : FluidValue
{
    public override FluidValues Type => FluidValues.Object;

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) =>
        render.Values.TryGet(name, out var value) ? PageValue.Of(value, render) : NilValue.Instance;

    public override bool Equals(FluidValue? other) => ReferenceEquals(this, other);

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => 0;

    public override string ToStringValue() => "";

    public override object ToObjectValue() => render.Values;
}
