namespace Modular.Sessions;

/// <summary>Cookie headers that were found to hold no permanent session. Browsers send the same one again and again, and its answer never changes.</summary>
/// <remarks>Thread: safe to share.</remarks>
sealed class PassedCookies
{
    const int MaxLength = 2048;

    readonly Recent<string> _headers = new();

    internal bool Has(string header) => string.Equals(_headers[Recent<string>.HashOf(header)], header, StringComparison.Ordinal);

    internal void Add(string header)
    {
        if (header.Length <= MaxLength) _headers[Recent<string>.HashOf(header)] = header;
    }
}
