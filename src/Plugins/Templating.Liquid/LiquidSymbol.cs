using System.Collections;

namespace Modular.Templating.Liquid;

/// <summary><c>empty</c> and <c>blank</c>: they equal values without items or characters. They are written as empty text.</summary>
sealed class LiquidSymbol
{
    readonly bool _isBlank;

    LiquidSymbol(bool isBlank) => _isBlank = isBlank;

    internal static LiquidSymbol Empty { get; } = new(false);

    internal static LiquidSymbol Blank { get; } = new(true);

    internal bool Matches(object? value) => value switch
    {
        LiquidSymbol => true,
        null or false => _isBlank,
        string or Modular.Markup => _isBlank ? string.IsNullOrWhiteSpace(value.ToString()) : value.ToString()!.Length == 0,
        LiquidNumbers numbers => numbers.Count == 0,
        IEnumerable items => !items.Cast<object?>().Any(),
        _ => false,
    };

    public override string ToString() => "";
}
