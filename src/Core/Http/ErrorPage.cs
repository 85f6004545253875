namespace Modular;

static class ErrorPage
{
    const string ProblemType = "application/problem+json";

    static readonly ConcurrentDictionary<int, byte[]> Usual = [];

    internal static Response Of(HttpException error)
    {
        if (error.Response is { } response) return response;
        var html = error.IsUsual && HttpStatus.IsError(error.Status) ? Usual.GetOrAdd(error.Status, _ => Html(error)) : Html(error);
        var page = new Response(html, error.Status) { IsDefaultPage = true };
        if (error.SetHeaders is { } headers)
            foreach (var (header, value) in headers) page.Headers[header] = value;
        else if (error.Allow is { } allow) page.Headers.Allow = allow;
        return page;
    }

    static byte[] Html(HttpException error)
    {
        var (name, description) = (Markup.Escape(error.Name), error.Description.ToString().Replace("\n", "<br>", StringComparison.Ordinal));
        return Encoding.UTF8.GetBytes("<!doctype html>\n<html lang=en>\n<meta name=viewport content=\"width=device-width\">\n"
            + $"<meta name=color-scheme content=\"light dark\">\n<title>{error.Status} {name}</title>\n"
            + $"<h1>{name}</h1>\n<p>{description}</p>\n");
    }

    internal static Response Of(HttpException error, AcceptHeader accept)
    {
        if (error.Response is { } response) return response;
        var page = accept.Best("text/html", ProblemType, "application/json") is null or "text/html" ? Of(error) : Problem(error);
        page.Headers.Vary = "Accept";
        return page;
    }

    internal static Response Problem(HttpException error)
    {
        if (error.Response is { } response) return response;
        var page = Of(error);
        var detail = WebUtility.HtmlDecode(error.Description.ToString());
        page.Text = new JsonObject { ["title"] = error.Name, ["status"] = error.Status, ["detail"] = detail }.ToJsonString();
        page.ContentType = ProblemType;
        return page;
    }
}

static class Redirects
{
    static readonly SearchValues<char> Controls = SearchValues.Create(Percent.Controls);

    // Line breaks and tabs are encoded, so that a visitor's text can't end the header or hide a second slash from a browser.
    internal static Response To(string location, int code = 302)
    {
        if (code is < 300 or > 399) throw new ModularException(string.Create(CultureInfo.InvariantCulture,
            $"{code} isn't a redirect. Use 302, 303, 307 or 308, or return new Response(…, {code}) with a Location header."));
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
