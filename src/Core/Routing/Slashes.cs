namespace Modular.Routing;

static class Slashes
{
    internal static string Merge(string text)
    {
        while (text.Contains("//", StringComparison.Ordinal)) text = text.Replace("//", "/", StringComparison.Ordinal);
        return text;
    }

    // With exactly one slash in front, so that it can never name a host. An empty path stays empty.
    internal static string Normalize(string path) => path is "" or ['/'] or ['/', not '/', ..] ? path : "/" + path.TrimStart('/');

    // RFC 3986 §5.2.4, for a path that starts with a slash.
    internal static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal)) return path;
        var segments = path.Split('/');
        var kept = new List<string> { "" };
        foreach (var segment in segments.AsSpan(1))
        {
            if (segment is not ("." or "..")) kept.Add(segment);
            else if (segment == ".." && kept.Count > 1) kept.RemoveAt(kept.Count - 1);
        }
        if (segments[^1] is "." or "..") kept.Add("");
        return string.Join('/', kept);
    }
}
