using System.Runtime.CompilerServices;

namespace Modular.Tests.Hosting;

public sealed class TeardownTests
{
    [Fact]
    public async Task Teardown_runs_after_the_last_byte_of_a_stream()
    {
        var ran = new List<string>();
        var app = new ModularApp();
        app.TeardownRequest(error => ran.Add($"teardown {error?.Message ?? "none"}"));
        app.Route("/<name>", () => new Response(Pieces(), contentType: "text/plain"));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/ann?n=3");

        Assert.Equal("/ann 1 /ann 2 /ann 3 ", response.Text);
        Assert.Equal(["piece 1", "piece 2", "piece 3", "end", "teardown none"], ran);

        async IAsyncEnumerable<string> Pieces()
        {
            for (var i = 1; i <= Current.Request.Args.Get("n", 0); i++)
            {
                await Task.Yield();
                ran.Add($"piece {i}");
                yield return $"{Current.Request.Path} {i} ";
            }
            ran.Add("end");
        }
    }

    [Fact]
    public async Task Teardown_runs_when_the_client_disconnects_in_the_middle_of_a_stream()
    {
        var (lines, torn, disposed) = (new LogLines(), new TaskCompletionSource<Exception?>(), false);
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.TeardownRequest(torn.SetResult);
        app.Route("/", () => Endless());
        await using var client = app.TestClient();

        var response = await client.StreamAsync("/");
        await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[5]);
        response.Dispose();
        var error = await torn.Task;

        Assert.IsType<OperationCanceledException>(error, exactMatch: false);
        Assert.True(disposed);
        Assert.Empty(lines.Errors);

        async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken aborted = default)
        {
            try
            {
                yield return "first";
                await Task.Delay(Timeout.Infinite, aborted);
                yield return "never";
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Theory]
    [InlineData("/view", "TimeoutException")]
    [InlineData("/handled", "none")]
    [InlineData("/abort", "none")]
    [InlineData("/missing", "none")]
    [InlineData("/after", "ArithmeticException")]
    [InlineData("/before", "NotSupportedException")]
    public async Task Teardown_gets_the_unhandled_exception(string path, string expected)
    {
        var torn = new List<string>();
        var app = new ModularApp();
        app.BeforeRequest(() =>
        {
            if (Current.Request.Path == "/before") throw new NotSupportedException();
        });
        app.AfterRequest(_ =>
        {
            if (Current.Request.Path == "/after") throw new ArithmeticException();
        });
        app.TeardownRequest(error => torn.Add(error?.GetType().Name ?? "none"));
        app.ErrorHandler<KeyNotFoundException>(_ => "handled");
        app.Route("/view", string () => throw new TimeoutException());
        app.Route("/handled", string () => throw new KeyNotFoundException());
        app.Route("/abort", () => Abort(403));
        app.Route("/after", () => "after");
        app.Route("/before", () => "before");
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        await client.GetAsync(path);

        Assert.Equal(expected, Assert.Single(torn));
    }

    [Fact]
    public async Task A_stream_that_fails_half_way_is_aborted_and_logged_and_torn_down()
    {
        var (lines, torn) = (new LogLines(), new TaskCompletionSource<string>());
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.TeardownRequest(error => torn.SetResult(error!.Message));
        app.Route("/", () => Failing());
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync("/"));

        Assert.Equal("half way", await torn.Task);
        Assert.Equal("Exception on / [GET]", Assert.Single(lines.Errors).Text);

        static async IAsyncEnumerable<string> Failing()
        {
            yield return "first";
            await Task.Yield();
            throw new TimeoutException("half way");
        }
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_piece_is_a_500()
    {
        var app = new ModularApp();
        app.Route("/", () => Failing());
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal(500, response.Status);
        Assert.DoesNotContain("first", response.Text, StringComparison.Ordinal);

        static async IAsyncEnumerable<string> Failing()
        {
            await Task.Yield();
            if (Current.HasRequest) throw new TimeoutException();
            yield return "first";
        }
    }

    [Fact]
    public async Task The_context_is_usable_in_teardown_hooks_and_ends_after_them()
    {
        RequestContext? context = null;
        var seen = "";
        var app = new ModularApp();
        app.TeardownRequest(async (given, _) =>
        {
            await Task.Yield();
            context = given;
            seen = $"{Current.Request.Path} {given.G["kept"]}";
        });
        app.Route("/here", () =>
        {
            Current.G["kept"] = 5;
            return "";
        });
        await using var client = app.TestClient();

        await client.GetAsync("/here");

        Assert.Equal(("/here 5", true), (seen, context!.HasEnded));
    }
}
