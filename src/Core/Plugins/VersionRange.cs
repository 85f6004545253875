namespace Modular.Plugins;

/// <summary>A range in NuGet's notation: <c>[1.0,2.0)</c>, <c>(,2.0)</c>, <c>[1.0]</c>, or <c>1.0</c> for that and above.</summary>
/// <remarks>A pre-release counts as its release, so that a plugin can be tried on the next core.</remarks>
readonly record struct VersionRange(Version? Low, bool LowIn, Version? High, bool HighIn)
{
    internal bool Contains(Version version) =>
        (Low is null || (LowIn ? version >= Low : version > Low)) &&
        (High is null || (HighIn ? version <= High : version < High));

    internal static bool TryParse(string text, out VersionRange range)
    {
        text = text.Trim();
        range = default;
        if (text is not ['[' or '(', _, .., ']' or ')'])
        {
            range = new(VersionOf(text), true, null, false);
            return range.Low is not null;
        }
        string[] ends = text[1..^1].Split(',', 2);
        var (low, high) = (VersionOf(ends[0]), VersionOf(ends[^1]));
        range = new(low, text[0] == '[', high, text[^1] == ']');
        // An empty range, such as [1.0,0.1), is a mistake.
        var isOne = range is { LowIn: true, HighIn: true };
        if (low is not null && high is not null && (low > high || (low == high && !isOne))) return false;
        return ends.Length == 1 ? low is not null && isOne
            : (low is not null || string.IsNullOrWhiteSpace(ends[0])) && (high is not null || string.IsNullOrWhiteSpace(ends[1]));
    }

    // Three numbers; the label after a "-" or "+" is left out. Null when the text isn't a version.
    internal static Version? VersionOf(string text)
    {
        text = text.Trim();
        var numbers = text.Split('-', '+')[0];
        if (numbers.EndsWith(' ') || text is [.., '-' or '+']) return null;
        if (int.TryParse(numbers, NumberStyles.None, CultureInfo.InvariantCulture, out var major)) return new(major, 0, 0);
        return Version.TryParse(numbers, out var version) ? new(version.Major, version.Minor, Math.Max(0, version.Build)) : null;
    }
}
