using System.ComponentModel;

namespace Modular.Debugger;

/// <summary>The predefined members for console entries. Public only because the compiler requires it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EvaluatorGlobals
{
    internal EvaluatorGlobals(IReadOnlyDictionary<string, object?> values) => Values = values;

    /// <summary>The predefined values as objects. Each is also a typed variable.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; }

    /// <summary>Cancelled when the entry takes too long or the user cancels it. Check it in code that should stop.</summary>
    public CancellationToken Cancel { get; internal set; }
}
