using System.Text.RegularExpressions;

namespace Modular.Testing.Conformance;

/// <summary>Many visitors at the same time.</summary>
static partial class RequestChecks
{
    const int Visitors = 50;
    const int Rounds = 20;
    const string Meeting = "/modular-conformance/meeting";

    internal static async Task ShareNothing(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy = "Keep the data of a request in a slot and that of a visitor under the visitor's own key, and not in a field.";
        findings.Try($"{Visitors * Rounds} requests of {Visitors} visitors, all in the view at the same time", Remedy);
        Meeting? meeting = null;
        await using var app = plugin.Whole();
        app.Get(Meeting, async context =>
        {
            var marker = context.Request.Args.Find("marker")!;
            if (meeting is not null) await meeting.ArriveAsync(marker, cancellationToken);
            return marker;
        }, endpoint: "modular_conformance_meeting");
        var clients = Enumerable.Range(0, Visitors).Select(_ => app.TestClient()).ToList();
        string[] markers = [.. clients.Select((_, i) => $"marker{i:D2}-{Guid.NewGuid():N}")];
        HashSet<string> wrong = [];
        try
        {
            for (var round = 0; round < Rounds && wrong.Count == 0; round++)
            {
                meeting = new(markers);
                await Task.WhenAll(clients.Select((client, i) => Send(client, markers[i], meeting)));
            }
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
        foreach (var text in wrong) findings.Add(text, Remedy);

        async Task Send(TestClient client, string marker, Meeting here)
        {
            try
            {
                TestRequest request = new() { Query = [("marker", marker)], Headers = [("X-Marker", marker)] };
                Look(Meeting, await client.GetAsync(Meeting, request), marker);
            }
            finally
            {
                here.Leave(marker);         // also when a hook responded instead of the view
            }
            foreach (var (path, response) in await plugin.Visit(client, marker)) Look(path, response, marker);
        }

        void Look(string path, TestResponse response, string marker)
        {
            foreach (Match other in Markers().Matches(TextOf(response)))
                if (other.Value != marker)
                    lock (wrong) wrong.Add($"{path} returns a value of another visitor");
            if (response.Status >= 500)
                lock (wrong) wrong.Add($"{path} has the status {response.Status}");
        }
    }

    /// <summary>The headers and the body.</summary>
    internal static string TextOf(TestResponse response) =>
        $"{string.Join('\n', response.Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{response.Text}";

    [GeneratedRegex("marker[0-9]{2}-[0-9a-f]{32}")]
    private static partial Regex Markers();
}

/// <summary>Lets requests wait for each other: each is in the view, or has ended.</summary>
sealed class Meeting(IEnumerable<string> names)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly HashSet<string> _missing = [.. names];
    readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Leave(string name)
    {
        lock (_missing)
            if (!_missing.Remove(name) || _missing.Count > 0) return;
        _all.TrySetResult();
    }

    // A plugin can let requests wait for each other, as a cache does. Then they continue without the others.
    internal async Task ArriveAsync(string name, CancellationToken cancellationToken)
    {
        Leave(name);
        await Task.WhenAny(_all.Task, Task.Delay(Patience, cancellationToken));
        _all.TrySetResult();
    }
}
