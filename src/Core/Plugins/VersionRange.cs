namespace Modular;

/// <summary>A range of versions in NuGet's interval notation: <c>[1.0,2.0)</c>, <c>[1.0,)</c>, <c>(,2.0)</c>, <c>[1.0]</c>, or <c>1.0</c> for that and all above.</summary>
/// <remarks>A pre-release counts as the release it leads to, so a plugin may be tried on the next core.</remarks>
readonly record struct VersionRange(Version? Low, bool LowIn, Version? High, bool HighIn)
{
    internal bool Contains(Version version) =>
        (Low is null || (LowIn ? version >= Low : version > Low)) &&
        (High is null || (HighIn ? version <= High : version < High));

    internal static bool TryParse(string text, out VersionRange range)
    {
        range = default;
        var span = text.AsSpan().Trim();
        if (TryVersion(span, out var least))
        {
            range = new(least, true, null, false);
            return true;
        }
        if (span.Length < 3 || span[0] is not ('[' or '(') || span[^1] is not (']' or ')')) return false;
        var (lowIn, highIn) = (span[0] == '[', span[^1] == ']');
        var inner = span[1..^1];
        var comma = inner.IndexOf(',');
        if (comma < 0)
        {
            if (!lowIn || !highIn || !TryVersion(inner, out var exact)) return false;
            range = new(exact, true, exact, true);
            return true;
        }
        Version? low = null, high = null;
        if (!inner[..comma].IsWhiteSpace() && !TryVersion(inner[..comma], out low)) return false;
        if (!inner[(comma + 1)..].IsWhiteSpace() && !TryVersion(inner[(comma + 1)..], out high)) return false;
        range = new(low, lowIn, high, highIn);
        return true;
    }

    /// <summary>The numbers of a version, three of them; what follows a <c>-</c> or <c>+</c> is left out.</summary>
    internal static bool TryVersion(ReadOnlySpan<char> text, [NotNullWhen(true)] out Version? version)
    {
        text = text.Trim();
        var end = text.IndexOfAny('-', '+');
        if (end >= 0) text = text[..end];
        version = null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var major)) version = new(major, 0, 0);
        else if (Version.TryParse(text, out var parsed)) version = new(parsed.Major, parsed.Minor, Math.Max(0, parsed.Build));
        return version is not null;
    }
}
