using System.Collections;
using System.Text.Json;
using DotLiquid;

namespace Modular.Templating.Liquid;

/// <summary>
/// Wraps a value for DotLiquid's own tags and filters. DotLiquid accepts only some types and reads them by its own rules. A wrapped value
/// is accepted and read as
/// <see cref="TemplateData"/> defines.
/// </summary>
class LiquidValue(object value) : ILiquidizable, IIndexable, IConvertible
{
    internal object Value => value;

    public object ToLiquid() => this;

    public bool ContainsKey(object key) => TemplateData.TryGetMember(value, Name(key), out _);

    public object? this[object key] => TemplateData.TryGetMember(value, Name(key), out var member) ? Wrap(member) : null;

    /// <summary>Returns text, numbers and other simple values unchanged, and wraps all others.</summary>
    internal static object? Wrap(object? value) => value switch
    {
        null or string or LiquidValue or ILiquidizable => value,
        JsonElement { ValueKind: not JsonValueKind.Object } json => Wrap(TemplateData.Plain(json)),
        char c => c.ToString(),
        _ when value.GetType().IsPrimitive
            || value is decimal or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid or Enum => value,
        IEnumerable items when !TemplateData.HasOwnMembers(value.GetType()) => new LiquidList(items),
        _ => new LiquidValue(value),
    };

    /// <summary>Unwraps a value, and the items of a list from one of DotLiquid's filters.</summary>
    internal static object? Unwrap(object? value) => value switch
    {
        LiquidValue wrapped => wrapped.Value,
        string or IDictionary => value,
        // A list of the page stays the same object, so that its items can be read by index.
        ICollection<object?> items => items.Any(item => item is LiquidValue) ? [.. items.Select(Unwrap)] : items,
        IEnumerable<object?> items => items.Select(Unwrap),
        _ => value,
    };

    public override string ToString() => TemplateData.Text(value);
    public override bool Equals(object? other) => TemplateComparison.AreEqual(value, (other as LiquidValue)?.Value ?? other);
    public override int GetHashCode() => TemplateComparison.Equality.GetHashCode(value);

    static string Name(object key) => TemplateData.Text(key);

    // For filters with a text parameter.
    string IConvertible.ToString(IFormatProvider? provider) => ToString();
    object IConvertible.ToType(Type type, IFormatProvider? provider) => TemplateArguments.ConvertTo(ToString(), type);
    TypeCode IConvertible.GetTypeCode() => TypeCode.Object;
    bool IConvertible.ToBoolean(IFormatProvider? provider) => true;
    byte IConvertible.ToByte(IFormatProvider? provider) => To<byte>();
    char IConvertible.ToChar(IFormatProvider? provider) => To<char>();
    DateTime IConvertible.ToDateTime(IFormatProvider? provider) => To<DateTime>();
    decimal IConvertible.ToDecimal(IFormatProvider? provider) => To<decimal>();
    double IConvertible.ToDouble(IFormatProvider? provider) => To<double>();
    short IConvertible.ToInt16(IFormatProvider? provider) => To<short>();
    int IConvertible.ToInt32(IFormatProvider? provider) => To<int>();
    long IConvertible.ToInt64(IFormatProvider? provider) => To<long>();
    sbyte IConvertible.ToSByte(IFormatProvider? provider) => To<sbyte>();
    float IConvertible.ToSingle(IFormatProvider? provider) => To<float>();
    ushort IConvertible.ToUInt16(IFormatProvider? provider) => To<ushort>();
    uint IConvertible.ToUInt32(IFormatProvider? provider) => To<uint>();
    ulong IConvertible.ToUInt64(IFormatProvider? provider) => To<ulong>();

    // Always the invariant culture, because DotLiquid often passes the thread's culture.
    T To<T>() => (T)TemplateArguments.ConvertTo(ToString(), typeof(T));
}

/// <summary>A collection. Its items are wrapped when they are read.</summary>
sealed class LiquidList(IEnumerable items) : LiquidValue(items), IEnumerable
{
    public IEnumerator GetEnumerator()
    {
        foreach (var item in items) yield return Wrap(item);
    }
}
