using System.Buffers;

namespace Modular;

/// <summary>Puts a visitor's path under a folder, and never outside it.</summary>
public static class SafeJoin
{
    // Refused on every system, so that an application behaves alike wherever it runs: other separators, drives and streams, and NUL.
    static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:\0");

    /// <summary>The folder and the parts joined with slashes, each part normalised first. As Werkzeug's <c>safe_join</c>.</summary>
    /// <returns>Null when a part is absolute, climbs above the folder, or holds a backslash, a colon, NUL or a Windows device name.</returns>
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
        if (part[0] == '/' || part.AsSpan().ContainsAny(Forbidden)) return null;
        var kept = new List<string>();
        foreach (var segment in part.Split('/'))
        {
            if (segment is "" or ".") continue;
            if (segment == "..")
            {
                if (kept.Count == 0) return null;
                kept.RemoveAt(kept.Count - 1);
            }
            else if (IsDevice(segment)) return null;
            else kept.Add(segment);
        }
        return kept.Count == 0 ? "." : string.Join('/', kept);
    }

    // CON, con.txt and "con .txt" all open the console on Windows.
    static bool IsDevice(ReadOnlySpan<char> segment)
    {
        var dot = segment.IndexOf('.');
        var name = (dot < 0 ? segment : segment[..dot]).Trim();
        if (name.Length is < 3 or > 7) return false;
        Span<char> upper = stackalloc char[7];
        upper = upper[..name.ToUpperInvariant(upper)];
        return upper is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || upper is ['C', 'O', 'M', var port] && IsPort(port)
            || upper is ['L', 'P', 'T', var printer] && IsPort(printer);
    }

    static bool IsPort(char c) => char.IsAsciiDigit(c) || c is '¹' or '²' or '³';
}
