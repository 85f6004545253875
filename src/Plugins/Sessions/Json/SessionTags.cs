using System.Numerics;

namespace Modular.Sessions;

/// <summary>The tags of one application. Usually it adds none.</summary>
sealed class SessionTags(IReadOnlyList<SessionTag> tags)
{
    internal static readonly SessionTags None = new([]);

    readonly SessionTag[] _tags = [.. tags];

    internal static SessionTags Of(IReadOnlyList<SessionTag>? tags) => tags is { Count: > 0 } ? new(tags) : None;

    internal bool IsEmpty => _tags.Length == 0;

    /// <summary>True for keys that mark a type.</summary>
    internal bool IsTag(string key) => key is [' ', ..] && (IsFlask(key) || Find(key) is not null);

    internal SessionTag? Find(string name)
    {
        foreach (var tag in _tags)
            if (tag.Name == name) return tag;
        return null;
    }

    /// <summary>The first tag that keeps the value, or null.</summary>
    internal SessionTag? Of(object? value)
    {
        if (value is null) return null;
        foreach (var tag in _tags)
            if (tag.Fits(value)) return tag;
        return null;
    }

    /// <summary>The error message for an invalid tag. Null when all are valid.</summary>
    internal string? Problem()
    {
        var seen = new HashSet<string>();
        foreach (var tag in _tags)
        {
            if (!IsName(tag.Name))
                return $"The session's tag \"{tag.Name}\" isn't a valid name. Write a space followed by ASCII, such as \" money\", so " +
                    "that it differs from the application's keys.";
            if (IsFlask(tag.Name)) return $"The session's tag \"{tag.Name}\" is one of Flask's tags. Choose another name.";
            if (!seen.Add(tag.Name)) return $"The session's tag \"{tag.Name}\" is used twice. Give each type a different name.";
            if (IsPlain(tag.Type))
                return $"The session's tag \"{tag.Name}\" is for {tag.Type.Name}, which JSON already supports. " +
                    "Define a type for values with a special meaning.";
        }
        return null;
    }

    static bool IsFlask(string name) => name is " t" or " b" or " m" or " u" or " d" or " di";

    static bool IsName(string name) => name is [' ', _, ..] && !name.AsSpan(1).ContainsAnyExceptInRange('!', '~');

    static bool IsPlain(Type type) =>
        type == typeof(object) || type == typeof(string) || type == typeof(BigInteger) || (type.IsPrimitive && type != typeof(char));
}
