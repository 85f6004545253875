using System.Globalization;

namespace Modular.Eng;

/// <summary>A version by Semantic Versioning 2.0, without build metadata.</summary>
sealed record SemVersion(int Major, int Minor, int Patch, string PreRelease) : IComparable<SemVersion>
{
    internal string Numbers => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    internal bool IsPreRelease => PreRelease.Length > 0;

    /// <summary>The version range for a plugin that was built with this version: <c>[0.2.0, 1.0.0)</c>.</summary>
    internal string Range => string.Create(CultureInfo.InvariantCulture, $"[{this}, {Major + 1}.0.0)");

    /// <summary>True when Semantic Versioning allows breaking changes between the other version and this one.</summary>
    internal bool MayBreak(SemVersion last) => Major != last.Major || (Major == 0 && Minor != last.Minor);

    internal static SemVersion? TryParse(string text)
    {
        var (numbers, preRelease) = text.IndexOf('-', StringComparison.Ordinal) is >= 0 and var dash ? (text[..dash], text[(dash + 1)..]) : (text, "");
        int?[] parts = [.. numbers.Split('.').Select(Number)];
        var isGood = parts.Length == 3 && parts.All(part => part is not null) && preRelease.Length > 0 == text.Contains('-', StringComparison.Ordinal)
            && (preRelease.Length == 0 || preRelease.Split('.').All(IsIdentifier));
        return isGood ? new(parts[0]!.Value, parts[1]!.Value, parts[2]!.Value, preRelease) : null;
    }

    public int CompareTo(SemVersion? other)
    {
        if (other is null) return 1;
        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (order != 0 || PreRelease == other.PreRelease) return order;
        if (!IsPreRelease || !other.IsPreRelease) return IsPreRelease ? -1 : 1;
        var (mine, others) = (PreRelease.Split('.'), other.PreRelease.Split('.'));
        for (var i = 0; i < Math.Min(mine.Length, others.Length); i++)
            if (Compare(mine[i], others[i]) is not 0 and var difference) return difference;
        return mine.Length.CompareTo(others.Length);
    }

    public override string ToString() => IsPreRelease ? $"{Numbers}-{PreRelease}" : Numbers;

    // Numbers come before words.
    static int Compare(string one, string other) => (Number(one), Number(other)) switch
    {
        ({ } left, { } right) => left.CompareTo(right),
        ({ }, null) => -1,
        (null, { }) => 1,
        _ => string.CompareOrdinal(one, other),
    };

    static int? Number(string text) =>
        (text == "0" || !text.StartsWith('0')) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static bool IsIdentifier(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && (Number(text) is not null || !text.All(char.IsAsciiDigit));
}
