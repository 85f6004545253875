namespace Modular;

/// <summary>Joins a visitor's path to a folder, and never leaves the folder.</summary>
public static partial class SafeJoin
{
    // Refused on every system, so that an application behaves alike wherever it runs: other separators, drives and streams, and NUL.
    static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:\0");

    /// <summary>The folder and the parts joined with slashes, each part normalised first. As Werkzeug's <c>safe_join</c>.</summary>
    /// <returns>Null when a part is absolute, leads outside, or contains a backslash, a colon, NUL or a Windows device name.</returns>
    public static string? Join(string folder, params ReadOnlySpan<string> parts)
    {
        var path = folder.Length == 0 ? "." : folder;
        foreach (var part in parts)
        {
            if (part.Length == 0) continue;
            if (Normalise(part) is not { } safe) return null;
            path = path.EndsWith('/') ? path + safe : $"{path}/{safe}";
        }
        return path;
    }

    static string? Normalise(string part)
    {
        if (part[0] == '/' || part.AsSpan().ContainsAny(Forbidden) || Device.IsMatch(part)) return null;
        // The part can't contain NUL, so a path that no longer starts with it is above the folder.
        var path = Slashes.WithoutDots($"/\0/{Slashes.Merge(part)}");
        return !path.StartsWith("/\0/", StringComparison.Ordinal) ? null : path[3..].TrimEnd('/') is { Length: > 0 } kept ? kept : ".";
    }

    // CON, con.txt and "con .txt" all open the console on Windows.
    [GeneratedRegex(
        @"(?:^|/)\s*(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:[./]|\z)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    static partial Regex Device { get; }
}
