using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Modular.Tests.Support;

/// <summary>A fact that needs a tool. Without the tool it is skipped with a message that says what to install. Its traits are <c>category=system</c> and <c>needs</c>.</summary>
public sealed class NeedsFactAttribute : FactAttribute, ITraitAttribute
{
    readonly Tool[] _tools;

    public NeedsFactAttribute(Tool tool, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : this([tool], sourceFilePath, sourceLineNumber)
    {
    }

    public NeedsFactAttribute(Tool tool, Tool second, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : this([tool, second], sourceFilePath, sourceLineNumber)
    {
    }

    NeedsFactAttribute(Tool[] tools, string? sourceFilePath, int sourceLineNumber)
        : base(sourceFilePath, sourceLineNumber) => (_tools, Skip) = (tools, Tools.Missing(tools));

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => Needs.Traits(_tools);
}
