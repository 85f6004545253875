using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Modular.Tests.Support;

/// <summary>As <see cref="NeedsFactAttribute"/>, with data.</summary>
public sealed class NeedsTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    readonly Tool[] _tools;

    public NeedsTheoryAttribute(Tool tool, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : this([tool], sourceFilePath, sourceLineNumber)
    {
    }

    public NeedsTheoryAttribute(Tool tool, Tool second, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : this([tool, second], sourceFilePath, sourceLineNumber)
    {
    }

    NeedsTheoryAttribute(Tool[] tools, string? sourceFilePath, int sourceLineNumber)
        : base(sourceFilePath, sourceLineNumber) => (_tools, Skip) = (tools, Tools.Missing(tools));

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => Needs.Traits(_tools);
}
