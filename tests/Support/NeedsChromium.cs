namespace Modular.Tests.Support;

/// <summary>A fact that needs Chromium. On a machine without one it is skipped, and says so; where CI is set it fails instead.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Missing;
}

/// <summary>As <see cref="BrowserFactAttribute"/>, with data.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.Missing;
}

public static class Chromium
{
    public static string? Path { get; } = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);

    /// <summary>Why nobody looks at the pages; null where there is a browser, or has to be one.</summary>
    public static string? Missing { get; } = Path is null && Environment.GetEnvironmentVariable("CI") is not "true"
        ? "THERE IS NO BROWSER HERE, so nobody has looked at the pages. Install one: apt-get install chromium." : null;
}
