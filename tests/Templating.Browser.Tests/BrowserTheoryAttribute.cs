namespace Modular.Templating.Browser.Tests;

/// <summary>A theory that needs Chromium. On a machine without one it is skipped, and says so; where CI is set it fails instead.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (Chromium.Path is null && Environment.GetEnvironmentVariable("CI") is not "true")
            Skip = "THERE IS NO BROWSER HERE, so nobody has looked whether a payload runs. Install one: apt-get install chromium.";
    }
}

static class Chromium
{
    internal static string? Path { get; } = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);
}
