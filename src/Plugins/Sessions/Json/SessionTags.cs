using System.Numerics;

namespace Modular.Sessions;

/// <summary>The tags of one application. Usually there are none of its own.</summary>
sealed class SessionTags(IReadOnlyList<SessionTag> tags)
{
    internal static readonly SessionTags None = new([]);

    readonly SessionTag[] _tags = [.. tags];

    internal static SessionTags Of(IReadOnlyList<SessionTag>? tags) => tags is { Count: > 0 } ? new(tags) : None;

    internal bool IsEmpty => _tags.Length == 0;

    /// <summary>True for the keys that mark a type.</summary>
    internal bool IsTag(string key) => key is [' ', ..] && (IsFlask(key) || Find(key) is not null);

    internal SessionTag? Find(string name)
    {
        foreach (var tag in _tags)
            if (tag.Name == name) return tag;
        return null;
    }

    /// <summary>The first that keeps values such as this.</summary>
    internal SessionTag? Of(object? value)
    {
        if (value is null) return null;
        foreach (var tag in _tags)
            if (tag.Fits(value)) return tag;
        return null;
    }

    /// <summary>What is wrong with them, and what to write instead; null when all is well.</summary>
    internal string? Problem()
    {
        var seen = new HashSet<string>();
        foreach (var tag in _tags)
        {
            if (!IsName(tag.Name)) return $"The session's tag \"{tag.Name}\" is no name for a type. Write a space and ASCII behind it, such as \" money\", so that no key of the application is taken for it.";
            if (IsFlask(tag.Name)) return $"The session's tag \"{tag.Name}\" is one of Flask's own. Choose another name.";
            if (!seen.Add(tag.Name)) return $"The session's tag \"{tag.Name}\" is there twice. Give each type a name of its own.";
            if (IsPlain(tag.Type)) return $"The session's tag \"{tag.Name}\" is for {tag.Type.Name}, which is JSON already. Make a type of your own for values that mean more.";
        }
        return null;
    }

    static bool IsFlask(string name) => name is " t" or " b" or " m" or " u" or " d" or " di";

    static bool IsName(string name) => name is [' ', _, ..] && !name.AsSpan(1).ContainsAnyExceptInRange('!', '~');

    static bool IsPlain(Type type) => type == typeof(object) || type == typeof(string) || type == typeof(BigInteger) || (type.IsPrimitive && type != typeof(char));
}
