namespace Modular;

/// <summary>Answers that send the client elsewhere.</summary>
static class Redirects
{
    static readonly SearchValues<char> Controls = SearchValues.Create(Percent.Controls);

    /// <summary>A redirect with a small page for clients that do not follow it.</summary>
    /// <param name="location">Absolute or relative. Encoded to ASCII when it is sent. Line breaks and tabs are encoded too, so that a visitor's text can neither end the header nor hide a second slash from a browser.</param>
    /// <param name="code">300 to 399. Default 302.</param>
    /// <exception cref="ModularException">The code is no redirect.</exception>
    internal static Response To(string location, int code = 302)
    {
        if (code is < 300 or > 399) throw new ModularException(string.Create(
            CultureInfo.InvariantCulture, $"{code} is no redirect. Use 302, 303, 307 or 308, or answer new Response(…, {code}) with a Location header."));
        var link = Markup.Escape(location);
        return new Response(
            "<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n"
            + $"<p>You should be redirected automatically to the target URL: <a href=\"{link}\">{link}</a>. If not, click the link.\n", code)
        {
            Headers = { Location = Percent.EncodeOnly(location, Controls) },
        };
    }
}
