namespace Modular.Testing;

/// <summary>
/// The redirects of one request. As in Werkzeug's client, the same redirect twice is a loop, and other hosts don't belong to the
/// application.
/// </summary>
sealed class RedirectWay(string request, int most, bool followSubdomains)
{
    readonly HashSet<(int Status, Uri Target)> _made = [];

    /// <summary>The redirect responses so far, in order.</summary>
    internal List<TestResponse> History { get; } = [];

    /// <summary>The target of a redirect.</summary>
    /// <exception cref="InvalidOperationException">The redirect is a loop, exceeds the limit, or leads to another host.</exception>
    internal Uri Follow(TestResponse response, Uri from)
    {
        if (History.Count == most) throw new InvalidOperationException(
            $"{request} was redirected {most} times, last to {response.Location}. Fix the loop, or set FollowRedirects = false.");
        var next = new Uri(from, response.Location);
        if (next.Host.EndsWith("." + from.Host, StringComparison.OrdinalIgnoreCase))
        {
            if (!followSubdomains) throw new InvalidOperationException(
                $"{request} was redirected to a subdomain, {next}. Set FollowSubdomains = true, or check the response's Location.");
        }
        else if (!next.Host.Equals(from.Host, StringComparison.OrdinalIgnoreCase)) throw new InvalidOperationException(
            $"{request} was redirected to another host, {next}. Set FollowRedirects = false, and check the response's Location.");
        if (!_made.Add((response.Status, next))) throw new InvalidOperationException(
            $"{request} was redirected in a loop: the {response.Status} to {response.Location} occurred before. " +
            "Fix the loop, or set FollowRedirects = false.");
        History.Add(response);
        return next;
    }

    /// <summary>True for headers that describe a body and are removed with it.</summary>
    internal static bool IsOfBody(string header) =>
        header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            || header.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);
}
