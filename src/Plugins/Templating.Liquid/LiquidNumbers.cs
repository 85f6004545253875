using System.Collections;
using System.Globalization;

namespace Modular.Templating.Liquid;

/// <summary><c>(1..5)</c>, as a value. Each number is created and counted when it is read.</summary>
sealed class LiquidNumbers(TemplateRender render, long from, long to) : IEnumerable<object?>, ITemplateObject
{
    /// <summary>The number of items, or the maximum of long when there are more.</summary>
    internal long Count { get; } = to < from ? 0 : (ulong)(to - from) >= long.MaxValue ? long.MaxValue : to - from + 1;

    internal object this[long index] => Number(from + index);

    /// <summary>True when the range contains the number. It doesn't enumerate the range.</summary>
    internal bool Contains(object? value) =>
        TemplateComparison.IsNumber(value) && TemplateComparison.Compare(value, from) >= 0 && TemplateComparison.Compare(value, to) <= 0
            && TemplateComparison.Compare(value, LiquidArithmetic.Floor(value)) == 0;

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++)
        {
            render.Step();
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool TryGetMember(string name, out object? value)
    {
        value = name switch
        {
            "size" => Number(Count),
            "first" when Count > 0 => this[0],
            "last" when Count > 0 => Number(to),
            _ => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
                && (index < 0 ? index += Count : index) >= 0 && index < Count
                ? this[index]
                : null,
        };
        return value is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{from}..{to}");

    internal static object Number(long number)
    {
        if (number is >= int.MinValue and <= int.MaxValue) return (int)number;
        return number;
    }
}
