using System.Buffers;

namespace Modular;

/// <summary>Keeps what came from a visitor from becoming a header of its own, or a second response.</summary>
static class HeaderGuard
{
    static readonly SearchValues<char> Controls = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Where(c => c != '\t').Append(0x7F).Select(c => (char)c)));

    static readonly SearchValues<char> NameChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    /// <summary>Throws before anything is sent when a line feed, a NUL or another control character is in a name or a value.</summary>
    /// <exception cref="ModularException">A header cannot be sent as it is.</exception>
    internal static void Check(HeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameChars))
                throw new ModularException($"The header name {Quoted.Text(name)} cannot be sent. Use letters, digits and dashes.");
            foreach (var value in values) CheckValue(name, value);
        }
    }

    internal static void CheckValue(string name, string? value)
    {
        if (value.AsSpan().ContainsAny(Controls))
            throw new ModularException(
                $"The header {name} cannot be sent with the value {Quoted.Text(value!)}. Take line feeds and control characters out of it.");
    }
}
