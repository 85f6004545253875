namespace Modular.Testing;

/// <summary>The redirects of one request. As Werkzeug's client: the same redirect twice is a loop, and other hosts are not this application's.</summary>
sealed class RedirectWay(string request, int most, bool followSubdomains)
{
    readonly HashSet<(int Status, Uri Target)> _made = [];

    /// <summary>The answers that were left, first one first.</summary>
    internal List<TestResponse> History { get; } = [];

    /// <summary>Where to go on.</summary>
    /// <exception cref="InvalidOperationException">It goes in a circle, was one too many, or leads to another host.</exception>
    internal Uri Follow(TestResponse response, Uri from)
    {
        if (History.Count == most) throw new InvalidOperationException(
            $"{request} was redirected {most} times, last to {response.Location}. Mend the loop, or set FollowRedirects = false.");
        var next = new Uri(from, response.Location);
        if (next.Host.EndsWith("." + from.Host, StringComparison.OrdinalIgnoreCase))
        {
            if (!followSubdomains) throw new InvalidOperationException(
                $"{request} was redirected to a subdomain, {next}. Set FollowSubdomains = true, or look at the response's Location.");
        }
        else if (!next.Host.Equals(from.Host, StringComparison.OrdinalIgnoreCase)) throw new InvalidOperationException(
            $"{request} was redirected to another host, {next}. Set FollowRedirects = false, and look at the response's Location.");
        if (!_made.Add((response.Status, next))) throw new InvalidOperationException(
            $"{request} was redirected in a circle: the {response.Status} to {response.Location} was made before. Mend the loop, or set FollowRedirects = false.");
        History.Add(response);
        return next;
    }

    /// <summary>True for headers that speak of a body, which go away with it.</summary>
    internal static bool IsOfBody(string header) =>
        header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || header.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);
}
