using System.ComponentModel;

namespace Modular.Debugger;

/// <summary>What entries of the console find without a declaration. Public only because the compiler must see it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EvaluatorGlobals
{
    internal EvaluatorGlobals(IReadOnlyDictionary<string, object?> values) => Values = values;

    /// <summary>The named values, as objects. Each is also a variable of its own type.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; }

    /// <summary>Cancelled when the entry takes too long or the user gives up: what wants to be stopped looks at it.</summary>
    public CancellationToken Cancel { get; internal set; }
}
