namespace Microblog.Tests;

/// <summary>Files to upload.</summary>
static class PictureFiles
{
    internal static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "sample-content", "dawn.png");

    internal static byte[] Png { get; } = File.ReadAllBytes(Path);

    internal static byte[] Html { get; } = "<!doctype html><script>alert(1)</script>"u8.ToArray();

    internal static byte[] Svg { get; } = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8.ToArray();
}
