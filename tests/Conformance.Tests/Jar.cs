namespace Conformance.Tests;

/// <summary>The cookies that one side has set, as far as the tests need it: by name.</summary>
sealed class Jar
{
    readonly SortedDictionary<string, string> _cookies = new(StringComparer.Ordinal);

    internal string Header => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    internal void Take(Answer answer)
    {
        foreach (var (_, value) in answer.Headers.Where(header => header.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)))
        {
            var pair = value.Split(';')[0].Split('=', 2);
            if (value.Contains("Max-Age=0", StringComparison.Ordinal)) _cookies.Remove(pair[0]);
            else _cookies[pair[0]] = pair[1];
        }
    }

    internal void Become(Jar other)
    {
        var cookies = other._cookies.ToArray();
        _cookies.Clear();
        foreach (var (name, value) in cookies) _cookies[name] = value;
    }

    internal void Clear() => _cookies.Clear();
}
