namespace Modular.Debugger.Tests;

/// <summary>A fact that needs Chromium. On a machine without one it is skipped, and says so; where CI is set it fails instead.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Path is null && Environment.GetEnvironmentVariable("CI") is not "true")
            Skip = "THERE IS NO BROWSER HERE, so nobody has looked at the debugger's pages. Install one: apt-get install chromium.";
    }
}

static class Chromium
{
    internal static string? Path { get; } = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);
}
