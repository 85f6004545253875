using System.Buffers;
using System.Globalization;

namespace Modular.Fixers;

/// <summary>Parses a forwarded host: a name or an address with an optional port.</summary>
static class ForwardedHost
{
    static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
    static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    internal static bool IsValid(string host)
    {
        var name = WithoutPort(host);
        if (name.Length < host.Length && !IsPort(host.AsSpan(name.Length + 1))) return false;
        return name is ['[', .. var address, ']']
            ? address.Contains(':') && !address.ContainsAnyExcept(AddressCharacters)
            : !name.IsEmpty && !name.ContainsAnyExcept(NameCharacters);
    }

    /// <summary>True for 1 to 65535. It checks the digits, because .NET accepts a number with trailing NULs.</summary>
    internal static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length <= 5 && !text.ContainsAnyExceptInRange('0', '9')
            && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;

    /// <summary>Removes the port. The colons in <c>[::1]</c> don't start a port.</summary>
    internal static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        var colon = host is [.., ']'] ? -1 : host.LastIndexOf(':');
        return colon < 0 ? host : host[..colon];
    }
}

/// <summary>The hosts that a proxy can forward.</summary>
sealed class AllowedHosts
{
    readonly IReadOnlyList<string> _entries;

    /// <exception cref="ModularException">An entry isn't a valid host.</exception>
    internal AllowedHosts(IReadOnlyList<string> entries)
    {
        foreach (var entry in entries)
            if (!ForwardedHost.IsValid(entry.TrimStart('.'))) throw new ModularException(
                $"\"{entry}\" in AllowedHosts isn't a valid host. Write a name (\"example.com\"), or a name with a leading dot to " +
                "include its subdomains (\".example.com\").");
        _entries = [.. entries.Select(entry => ForwardedHost.WithoutPort(entry).ToString())];
    }

    /// <summary>True when the host is allowed. An empty list allows all.</summary>
    internal bool Allow(string host)
    {
        if (_entries.Count == 0) return true;
        var name = ForwardedHost.WithoutPort(host);
        foreach (var entry in _entries)
        {
            if (name.Equals(entry.AsSpan().TrimStart('.'), StringComparison.OrdinalIgnoreCase)) return true;
            if (entry is ['.', ..] && name.EndsWith(entry, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
