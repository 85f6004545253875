namespace Modular;

static class HeaderGuard
{
    static readonly SearchValues<char> Controls = SearchValues.Create(Percent.Controls.Replace("\t", "", StringComparison.Ordinal));

    // Browsers and proxies choose differently among several of them.
    static readonly HashSet<string> Single = new(StringComparer.OrdinalIgnoreCase) {
        HeaderNames.AccessControlAllowOrigin, HeaderNames.Age, HeaderNames.ContentDisposition, HeaderNames.ContentLength,
        HeaderNames.ContentLocation, HeaderNames.ContentRange, HeaderNames.ContentType, HeaderNames.Date, HeaderNames.ETag,
        HeaderNames.Expires, HeaderNames.LastModified, HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.Server };

    // Headers of one connection, RFC 9110 §7.6.1. The server writes its own; a view's, mostly copied from another server, aren't sent.
    static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase) {
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyConnection, HeaderNames.TE, HeaderNames.Trailer,
        HeaderNames.TransferEncoding, HeaderNames.Upgrade };

    internal static void Check(HeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            if (!HttpToken.IsToken(name))
                throw new ModularException($"The header name {Quoted.Text(name)} cannot be sent. Use letters, digits and dashes.");
            foreach (var value in values) CheckValue(name, value);
            if (values.Count > 1 && Single.Contains(name))
                throw new ModularException($"The header {name} cannot be sent {values.Count} times. Set one value.");
        }
    }

    internal static void CheckValue(string name, string? value)
    {
        if (value.AsSpan().ContainsAny(Controls)) throw new ModularException(
            $"The header {name} cannot be sent with the value {Quoted.Text(value!)}. Remove its line feeds and control characters.");
        if (!Ascii.IsValid(value.AsSpan()) && !IsAddress(name)) throw new ModularException(
            $"The header {name} cannot be sent with the value {Quoted.Text(value!)}, because headers are ASCII. "
            + "Write it percent-encoded, as Uri.EscapeDataString(value) does.");
    }

    internal static bool IsAddress(string name) => HttpToken.Is(name, HeaderNames.Location) || HttpToken.Is(name, "Content-Location");

    internal static bool IsHopByHop(string name, HeaderDictionary all) => HopByHop.Contains(name)
        || (all["Connection"].Count > 0 && all.GetCommaSeparatedValues("Connection").Contains(name, StringComparer.OrdinalIgnoreCase));

    internal static long? Length(StringValues stated) => StringValues.IsNullOrEmpty(stated) ? null
        : HeaderUtilities.TryParseNonNegativeInt64(stated.ToString(), out var length) ? length : throw new ModularException(
            $"The header Content-Length cannot be sent with the value {Quoted.Text(stated.ToString())}. "
            + "Write the number of the body's bytes, or leave the header out.");
}
