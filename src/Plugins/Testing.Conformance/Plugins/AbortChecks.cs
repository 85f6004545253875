using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.TestHost;

namespace Modular.Testing.Conformance;

/// <summary>Clients that disconnect in the view, in the middle of the response and while they send a body.</summary>
static class AbortChecks
{
    const string View = "/modular-conformance/waits";
    const string Stream = "/modular-conformance/streams";
    const string Body = "/modular-conformance/reads";
    const int Clients = 5;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly object Torn = new();

    internal static async Task Survives(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        findings.Try("starting it", PluginUnderTest.FixStart);
        var alone = await plugin.Statuses(plugin.Whole());
        var (errors, gate) = (new Errors(), new Gate());
        await using var app = plugin.Whole(errors);
        app.PropagatesExceptions = false;
        app.TeardownRequest((context, _) => context.Http.Items[Torn] = true);
        app.Get(View, async context =>
        {
            gate.Arrived();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            return "";
        }, endpoint: "modular_conformance_waits");
        app.Get(Stream, context => Endless(context.RequestAborted), endpoint: "modular_conformance_streams");
        app.Post(Body, context => $"{context.Request.Form.Count}", endpoint: "modular_conformance_reads");
        app.Wrap(gate.Around);
        await using var host = app.Build(builder => builder.WebHost.UseTestServer(), propagatesExceptions: false);
        await host.StartAsync(cancellationToken);
        using var client = host.GetTestClient();

        await Try("in the view", async token => (await client.GetAsync(new Uri(View, UriKind.Relative), token)).Dispose());
        await Try("in the middle of the response", async token =>
        {
            using var response = await client.GetAsync(new Uri(Stream, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, token);
            gate.Arrived();
            await response.Content.ReadAsByteArrayAsync(token);
        });
        foreach (var type in (string[])["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
            await Try($"while the body arrives ({type.Split(';')[0]})", async token =>
            {
                using var content = new Unfinished(type, gate, token);
                (await client.PostAsync(new Uri(Body, UriKind.Relative), content, token)).Dispose();
            }, signals: 2);         // the start of the body is sent, and the request has arrived

        const string Release = "Release what a request holds in a teardown hook, which runs for aborted requests too.";
        findings.Try("the usual requests afterwards", Release);
        await using var visitor = app.TestClient(new() { PropagateExceptions = false });
        var seen = await plugin.Visit(visitor, "marker");
        PluginUnderTest.Compare(alone, seen.ToDictionary(answer => answer.Path, answer => answer.Response.Status), findings, Release);
        foreach (var error in errors.Texts.Distinct()) findings.Add($"a logged error: {error}",
            "A disconnected client isn't an error: let the OperationCanceledException pass.");

        async Task Try(string when, Func<CancellationToken, Task> send, int signals = 1)
        {
            findings.Try($"{Clients} clients that disconnect {when}",
                "Pass context.RequestAborted to what waits, and let the exception pass.");
            if (findings.Problems.Count > 0) return;
            gate.Expect(Clients * signals);
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var requests = Enumerable.Range(0, Clients).Select(_ => Ignore(send(leave.Token))).ToList();
            await Task.WhenAny(gate.AllArrived, Task.Delay(Patience, cancellationToken));
            await leave.CancelAsync();
            await Task.WhenAll(requests);
            gate.Close();
            if (await Task.WhenAny(gate.AllEnded, Task.Delay(Patience, cancellationToken)) != gate.AllEnded)
                findings.Add($"{gate.Running} requests haven't ended after {Patience.TotalSeconds} seconds",
                    "Pass context.RequestAborted to what waits.");
            else if (gate.Untorn > 0) findings.Add($"{gate.Untorn} requests ended without their teardown hooks",
                "Don't replace the context, and call the next middleware in the same way for every request.");
        }

        async Task Ignore(Task request)
        {
            try
            {
                await request;
                gate.Arrived();         // it has ended before it arrived, for example because the plugin rejects it
            }
            catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
            {
                // The client disconnected.
            }
        }
    }

    static async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return "first";
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        yield return "last";
    }

    /// <summary>Counts requests that arrive and end.</summary>
    sealed class Gate
    {
        TaskCompletionSource _arrived = New(), _ended = New();
        int _coming, _running, _untorn;
        volatile bool _isClosed;

        internal Task AllArrived => _arrived.Task;
        internal Task AllEnded => _ended.Task;
        internal int Running => _running;
        internal int Untorn => _untorn;

        /// <param name="signals">How often <see cref="Arrived"/> is called before the clients disconnect.</param>
        internal void Expect(int signals)
        {
            (_arrived, _ended, _isClosed) = (New(), New(), false);
            (_coming, _untorn) = (signals, 0);
        }

        internal void Arrived()
        {
            if (Interlocked.Decrement(ref _coming) <= 0) _arrived.TrySetResult();
        }

        /// <summary>The clients have disconnected, so no other request arrives.</summary>
        internal void Close()
        {
            _isClosed = true;
            if (Volatile.Read(ref _running) == 0) _ended.TrySetResult();
        }

        internal RequestDelegate Around(RequestDelegate next) => async http =>
        {
            Interlocked.Increment(ref _running);
            if (http.Request.Path.Value == Body) Arrived();
            try
            {
                await next(http);
            }
            finally
            {
                if (http.GetEndpoint() is not null && !http.Items.ContainsKey(Torn)) Interlocked.Increment(ref _untorn);
                if (Interlocked.Decrement(ref _running) == 0 && _isClosed) _ended.TrySetResult();
            }
        };

        static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A body that begins and never ends.</summary>
    sealed class Unfinished : HttpContent
    {
        readonly Gate _gate;
        readonly CancellationToken _left;
        readonly byte[] _start;

        internal Unfinished(string type, Gate gate, CancellationToken left)
        {
            (_gate, _left) = (gate, left);
            Headers.TryAddWithoutValidation("Content-Type", type);
            _start = type.StartsWith("multipart", StringComparison.Ordinal)
                ? "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\ntext"u8.ToArray()
                : "a=1&b="u8.ToArray();
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_start, _left);
            await stream.FlushAsync(_left);
            _gate.Arrived();
            await Task.Delay(Timeout.InfiniteTimeSpan, _left);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
