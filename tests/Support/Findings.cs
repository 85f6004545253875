namespace Modular.Tests.Support;

/// <summary>What a test looked for in many places.</summary>
public static class Findings
{
    /// <summary>Fails with all findings, each on its own line. <c>Assert.Empty</c> would cut them off.</summary>
    /// <param name="what">What they have in common; the line before them.</param>
    public static void None(IEnumerable<string> found, string? what = null)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, string.Join('\n', what is null ? all : [$"{what}:", .. all]));
    }
}
