namespace Modular.Sessions;

/// <summary>Cookie headers that were found to hold no permanent session. Browsers send the same one again and again, and its answer never changes.</summary>
/// <remarks>Thread: safe to share. A place for each of 512 headers; one that falls on the same place takes it over.</remarks>
sealed class PassedCookies
{
    const int Places = 512;
    const int MaxLength = 2048;

    readonly string?[] _headers = new string?[Places];

    internal bool Has(string header) => string.Equals(_headers[Place(header)], header, StringComparison.Ordinal);

    internal void Add(string header)
    {
        if (header.Length <= MaxLength) _headers[Place(header)] = header;
    }

    // A signature is as good as random, and stands at the end of most headers.
    static int Place(string header)
    {
        var place = header.Length;
        for (var i = Math.Max(0, header.Length - 8); i < header.Length; i++) place = place * 31 + header[i];
        return (int)((uint)place % Places);
    }
}
