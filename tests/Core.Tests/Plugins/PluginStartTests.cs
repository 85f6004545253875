using Microsoft.Extensions.Hosting;
using Toy.Visits;

namespace Modular.Tests;

// Start-up work of plugins is an IHostedService: started before the first request, however the application is served.
public class PluginStartTests
{
    [Fact]
    public async Task Hosted_services_are_started_before_a_test()
    {
        var app = new ModularApp().UseVisits(new() { LoadTotal = _ => new(40) });
        await using var client = app.TestClient();

        var response = await client.GetAsync("/visits");

        Assert.Equal("40", response.Text);
    }

    [Fact]
    public async Task Hosted_services_are_started_once_before_the_first_request_of_a_mounted_application()
    {
        var (loads, loading) = (0, new TaskCompletionSource<int>());
        var app = new ModularApp().UseVisits(new()
        {
            LoadTotal = async _ =>
            {
                Interlocked.Increment(ref loads);
                return await loading.Task;
            },
        });

        var requests = Enumerable.Range(0, 5).Select(_ => Ask(app, "/visits")).ToList();
        var answeredEarly = requests.Exists(request => request.IsCompleted);
        loading.SetResult(40);
        var texts = await Task.WhenAll(requests);

        Assert.Equal((false, 1, "40 40 40 40 40"), (answeredEarly, loads, string.Join(' ', texts)));
    }

    [Fact]
    public async Task Hosted_services_are_started_and_stopped_when_the_application_is_run()
    {
        var app = new ModularApp();
        var signals = new Signals();
        app.Use(new Probe("Worker", builder => builder.Services.AddSingleton(signals).AddHostedService<Worker>()));
        using var stop = new CancellationTokenSource();

        var run = app.RunAsync(port: 0, cancellationToken: stop.Token);
        await signals.Serving.Task;
        var startedFirst = signals.Started;
        await stop.CancelAsync();
        await run;

        Assert.True(startedFirst);
        Assert.True(signals.Stopped);
    }

    static async Task<string> Ask(ModularApp app, string path)
    {
        var http = new DefaultHttpContext { Request = { Method = "GET", Path = path, Scheme = "http" } };
        var body = new MemoryStream();
        http.Response.Body = body;
        await app.AppDelegate(http);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    sealed class Signals
    {
        internal TaskCompletionSource Serving { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        internal bool Started { get; set; }
        internal bool Stopped { get; set; }
    }

    sealed class Worker : IHostedService
    {
        readonly Signals _signals;

        public Worker(Signals signals, IHostApplicationLifetime lifetime)
        {
            _signals = signals;
            lifetime.ApplicationStarted.Register(signals.Serving.SetResult);
        }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _signals.Started = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _signals.Stopped = true;
            return Task.CompletedTask;
        }
    }
}
