namespace Modular;

/// <summary>Answers that send the client elsewhere.</summary>
static class Redirects
{
    static readonly SearchValues<char> Controls = SearchValues.Create(Percent.Controls);

    // Line breaks and tabs are encoded, so that a visitor's text can neither end the header nor hide a second slash from a browser.
    internal static Response To(string location, int code = 302)
    {
        if (code is < 300 or > 399) throw new ModularException(string.Create(CultureInfo.InvariantCulture,
            $"{code} is no redirect. Use 302, 303, 307 or 308, or answer new Response(…, {code}) with a Location header."));
        var link = Markup.Escape(location);
        return new Response(
            "<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n"
            + $"<p>You should be redirected automatically to the target URL: <a href=\"{link}\">{link}</a>. If not, click the link.\n",
            code)
        {
            Headers = { Location = Percent.EncodeOnly(location, Controls) },
        };
    }
}
