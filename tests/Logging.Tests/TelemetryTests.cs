using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Modular.Logging.Tests;

// ASP.NET's own instruments and OpenTelemetry's reading of them, on an application of ours.
[Collection(nameof(Alone))]
public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_carry_the_rule_as_http_route()
    {
        var (activities, metrics, logs) = (new List<Activity>(), new List<Metric>(), new List<LogRecord>());
        var ended = new Ended(2);
        var app = new ModularApp(new() { StaticFolder = null });
        app.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddInMemoryExporter(activities).AddProcessor(ended))
            .WithMetrics(meters => meters.AddAspNetCoreInstrumentation().AddInMemoryExporter(metrics))
            .WithLogging(logging => logging.AddInMemoryExporter(logs), options => options.IncludeScopes = true);
        app.UseLogging();
        app.Get("/item/<int:id>", (int id) => $"{id}", endpoint: "item");
        var parent = ActivityTraceId.CreateRandom().ToHexString();

        await using (var client = app.TestClient())
        {
            await client.GetAsync("/item/7", new() { Headers = [("traceparent", $"00-{parent}-b7ad6b7169203331-01")] });
            await client.GetAsync("/nothing");
            await ended.All.WaitAsync(TimeSpan.FromSeconds(30));       // the server measures after the last byte
        }

        var traced = activities.Where(activity => activity.Kind == ActivityKind.Server).Select(activity => $"{activity.DisplayName} {activity.GetTagItem("http.route")} {activity.GetTagItem("http.response.status_code")}");
        Assert.Equal(["GET  404", "GET /item/{id} /item/{id} 200"], traced.Order(StringComparer.Ordinal));
        Assert.Contains(activities, activity => activity.TraceId.ToHexString() == parent);
        Assert.Equal(["", "/item/{id}"], Routes(metrics).Order(StringComparer.Ordinal));
        var line = Assert.Single(logs, record => record.CategoryName == "Modular.Logging" && record.Attributes!.Any(pair => pair is { Key: "Path", Value: "/item/7" }));
        Assert.Equal(parent, line.TraceId.ToHexString());
    }

    sealed class Ended(int count) : BaseProcessor<Activity>
    {
        readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task All => _all.Task;

        public override void OnEnd(Activity data)
        {
            if (data.Kind == ActivityKind.Server && Interlocked.Decrement(ref count) == 0) _all.TrySetResult();
        }
    }

    static HashSet<string> Routes(List<Metric> metrics)
    {
        var routes = new HashSet<string>();
        foreach (var point in metrics.Last(metric => metric.Name == "http.server.request.duration").GetMetricPoints())
        {
            var route = "";
            foreach (var tag in point.Tags)
                if (tag.Key == "http.route") route = $"{tag.Value}";
            routes.Add(route);
        }
        return routes;
    }
}
