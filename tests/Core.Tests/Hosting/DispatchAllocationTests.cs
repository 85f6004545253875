using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Tests.Hosting;

/// <summary>What a request allocates in the pipeline, without a server's own part.</summary>
public sealed class DispatchAllocationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("/static50", "hello", true, 368)]
    [InlineData("/static50", "hello", false, 432)]
    [InlineData("/user/7", "user", true, 432)]      // 24 of them are the number in an object
    [InlineData("/user/7", "user", false, 496)]
    public async Task A_small_request_allocates_its_context_and_its_response_only(string path, string body, bool isHosted, int budget)
    {
        var (sent, _, bytes) = await Dispatch("GET", path, isHosted);

        Assert.Equal(body, sent);
        Keeps(bytes, budget);
    }

    // The exception, its page and, for a 405, the dictionary of the page's headers.
    [Theory]
    [InlineData("GET", "/nothing", 404, 656)]
    [InlineData("POST", "/static50", 405, 1024)]
    public async Task An_error_of_routing_makes_neither_the_request_nor_headers_that_no_one_reads(string method, string path, int status, int budget)
    {
        var (_, answered, bytes) = await Dispatch(method, path, isHosted: true);

        Assert.Equal(status, answered);
        Keeps(bytes, budget);
    }

    void Keeps(long bytes, int budget)
    {
        output.WriteLine($"{bytes} bytes");
        Assert.InRange(bytes, 1, budget);
    }

    static async Task<(string Sent, int Status, long Bytes)> Dispatch(string method, string path, bool isHosted)
    {
        var app = new ModularApp(new() { StaticFolder = null });
        for (var i = 0; i < 100; i++) app.Route($"/static{i}", static () => "hello", endpoint: $"static{i}");
        app.Route("/user/<int:id>", static (int id) => "user");
        await using var host = isHosted ? app.Build() : null;
        var dispatch = (host as Microsoft.AspNetCore.Builder.IApplicationBuilder)?.Build() ?? app.AppDelegate;
        var sink = new Sink();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(sink);
        (http.Request.Method, http.Request.Path) = (method, path);
        for (var i = 0; i < 100; i++) await dispatch(http);

        sink.Clear();
        // On a thread without xunit's own AsyncLocal, with which the pipeline's takes 16 bytes more.
        Task answer = Task.CompletedTask;
        var bytes = 0L;
        var thread = new Thread(() =>
        {
            for (var i = 0; i < 100; i++) dispatch(http).GetAwaiter().GetResult();
            sink.Clear();
            var before = GC.GetAllocatedBytesForCurrentThread();
            answer = dispatch(http);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        thread.UnsafeStart();
        thread.Join();
        await answer;
        return (System.Text.Encoding.UTF8.GetString(sink.Written), http.Response.StatusCode, bytes);
    }

    // A body that goes nowhere and allocates nothing.
    sealed class Sink : PipeWriter, IHttpResponseBodyFeature
    {
        readonly byte[] _buffer = new byte[4096];
        int _count;

        internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _count);

        public Stream Stream => Stream.Null;

        public PipeWriter Writer => this;

        internal void Clear() => _count = 0;

        public override void Advance(int bytes) => _count += bytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.AsMemory(_count % 2048);

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.AsSpan(_count % 2048);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public void DisableBuffering()
        {
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CompleteAsync() => Task.CompletedTask;
    }
}
