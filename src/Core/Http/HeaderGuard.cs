using System.Buffers;

namespace Modular;

/// <summary>Keeps what came from a visitor from becoming a header of its own, or a second response.</summary>
static class HeaderGuard
{
    static readonly SearchValues<char> Controls = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Where(c => c != '\t').Append(0x7F).Select(c => (char)c)));

    /// <summary>Looks at all names and values before anything is sent.</summary>
    /// <exception cref="ModularException">One holds a line feed, a NUL or another control character.</exception>
    internal static void Check(HeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            if (!HttpToken.IsToken(name))
                throw new ModularException($"The header name {Quoted.Text(name)} cannot be sent. Use letters, digits and dashes.");
            foreach (var value in values) CheckValue(name, value);
        }
    }

    internal static void CheckValue(string name, string? value)
    {
        if (value.AsSpan().ContainsAny(Controls))
            throw new ModularException(
                $"The header {name} cannot be sent with the value {Quoted.Text(value!)}. "
                + "Take line feeds and control characters out of it.");
    }
}
