using System.Globalization;
using System.Numerics;

namespace Modular.Tests.Endpoints;

public sealed class ViewParameterTests
{
    static readonly ModularApp App = Everything();
    static readonly TestClient Client = App.TestClient();

    [Theory]
    [InlineData("/int/7", "Int32 7")]
    [InlineData("/int/2147483647", "Int32 2147483647")]
    [InlineData("/int/%D9%A7", "Int32 7")]
    [InlineData("/long/9223372036854775807", "Int64 9223372036854775807")]
    [InlineData("/byte/255", "Byte 255")]
    [InlineData("/big/123456789012345678901234567890", "BigInteger 123456789012345678901234567890")]
    [InlineData("/signed/-5", "Int32 -5")]
    [InlineData("/double-of-int/5", "Double 5")]
    [InlineData("/double/1.5", "Double 1.5")]
    [InlineData("/float/1.5", "Single 1.5")]
    [InlineData("/decimal/1.10", "Decimal 1.10")]
    [InlineData("/guid/01234567-89ab-cdef-0123-456789abcdef", "Guid 01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("/string/J%C3%BCrgen", "String Jürgen")]
    [InlineData("/path/a/b%20c", "String a/b c")]
    [InlineData("/any/help", "String help")]
    [InlineData("/object-of-int/7", "Int32 7")]
    [InlineData("/object-of-int/7000000000", "Int64 7000000000")]
    [InlineData("/object-of-string/x", "String x")]
    [InlineData("/nullable-int/7", "Int32 7")]
    [InlineData("/nullable-guid/01234567-89ab-cdef-0123-456789abcdef", "Guid 01234567-89ab-cdef-0123-456789abcdef")]
    public async Task A_variable_is_converted_to_the_type_that_the_view_takes(string path, string expected)
    {
        var response = await Client.GetAsync(path);

        Assert.Equal($"200 text/html; charset=utf-8 {expected}", response.ToString());
    }

    [Fact]
    public async Task The_generated_call_of_a_view_is_not_in_its_stack_trace()
    {
        var app = new ModularApp { PropagatesExceptions = true };
        app.Get("/fails/<int:id>", (int id) => id > 0 ? throw new InvalidOperationException("wrong") : "", endpoint: "fails");
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/fails/1"));

        Assert.Contains(nameof(The_generated_call_of_a_view_is_not_in_its_stack_trace), error.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("Modular.Generated", error.StackTrace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/int/2147483648")]
    [InlineData("/long/9223372036854775808")]
    [InlineData("/byte/256")]
    [InlineData("/signed-as-unsigned/-1")]
    [InlineData("/nullable-int/2147483648")]
    public async Task A_number_that_the_parameter_cannot_hold_is_a_404(string path)
    {
        var response = await Client.GetAsync(path);

        Assert.Equal(404, response.Status);
    }

    [Theory]
    [InlineData("/hex/ff", "Int32 255")]
    [InlineData("/nullable-hex/ff", "Int32 255")]
    [InlineData("/shout/hello", "String HELLO")]
    [InlineData("/words/a+b", "String[] a,b")]
    public async Task A_custom_converter_decides_the_type_that_the_view_gets(string path, string expected)
    {
        var response = await Client.GetAsync(path);

        Assert.Equal(expected, response.Text);
    }

    [Theory]
    [InlineData("/page", "1 1 1 1 one ")]
    [InlineData("/page/5", "5")]
    public async Task A_default_of_the_rule_fills_its_parameter(string path, string expected)
    {
        var response = await Client.GetAsync(path);

        Assert.Equal(expected, response.Text);
    }

    [Fact]
    public async Task A_default_of_the_rule_wins_over_the_value_in_the_path()
    {
        var response = await Client.GetAsync("/both/5");

        Assert.Equal("1 and 1", response.Text);
    }

    [Theory]
    [InlineData("/optional/lambda", "3 none")]
    [InlineData("/optional/method", "7 x")]
    [InlineData("/optional/nullable", "nothing nothing")]
    public async Task A_parameter_that_no_rule_fills_takes_its_own_default(string path, string expected)
    {
        var response = await Client.GetAsync(path);

        Assert.Equal(expected, response.Text);
    }

    [Fact]
    public async Task All_parts_of_the_request_can_be_taken_together()
    {
        var response = await Client.GetAsync("/all/ann/7?q=1");

        Assert.Equal("ann 7 store /all/ann/7?q=1 GET same same same", response.Text);
    }

    [Fact]
    public async Task A_scoped_service_is_new_for_each_request_and_disposed_with_it()
    {
        var visits = new List<Visit>();
        var app = new ModularApp();
        app.Services.AddScoped<Visit>();
        app.Route("/", (Visit first, Visit second) =>
        {
            visits.Add(first);
            return $"{ReferenceEquals(first, second)} {first.Disposed.IsCompleted}";
        });
        await using var client = app.TestClient();

        var (one, two) = (await client.GetAsync("/"), await client.GetAsync("/"));

        Assert.Equal(("True False", "True False"), (one.Text, two.Text));
        Assert.NotSame(visits[0], visits[1]);
        // The server disposes of them after the client has its response.
        await Task.WhenAll(visits.Select(visit => visit.Disposed)).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Several_services_of_one_type_are_taken_as_a_sequence()
    {
        var app = new ModularApp();
        app.Services.AddSingleton(new Store("a")).AddSingleton(new Store("b"));
        app.Route("/", (IEnumerable<Store> stores) => string.Join(',', stores.Select(store => store.Name)));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("a,b", response.Text);
    }

    [Fact]
    public async Task A_view_may_be_closed_over_its_first_argument()
    {
        var app = new ModularApp();
        app.Route("/<int:times>", "ab".Repeat);
        await using var client = app.TestClient();

        var response = await client.GetAsync("/3");

        Assert.Equal("ababab", response.Text);
    }

    [Fact]
    public async Task The_cancellation_token_is_cancelled_when_the_client_disconnects()
    {
        var (started, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var app = new ModularApp();
        app.Route("/", async (CancellationToken aborted) =>
        {
            using var registration = aborted.Register(cancelled.SetResult);
            started.SetResult();
            await cancelled.Task;
            return "too late";
        });
        using var impatience = new CancellationTokenSource();

        var http = new DefaultHttpContext { RequestAborted = impatience.Token, Request = { Method = "GET" } };
        var answer = app.AppDelegate(http);
        await started.Task;
        await impatience.CancelAsync();
        await answer;

        Assert.True(cancelled.Task.IsCompletedSuccessfully);
    }

    static ModularApp Everything()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Services.AddSingleton(new Store("store"));
        app.Converter("hex", _ => new HexConverter());
        app.Converter("shout", _ => new ShoutConverter());
        app.Converter("words", _ => new WordsConverter());

        app.Route("/int/<int:x>", (int x) => Show(x));
        app.Route("/long/<int:x>", (long x) => Show(x));
        app.Route("/byte/<int:x>", (byte x) => Show(x));
        app.Route("/big/<int:x>", (BigInteger x) => Show(x));
        app.Route("/signed/<int(signed=True):x>", (int x) => Show(x));
        app.Route("/signed-as-unsigned/<int(signed=True):x>", (uint x) => Show(x));
        app.Route("/double-of-int/<int:x>", (double x) => Show(x));
        app.Route("/double/<float:x>", (double x) => Show(x));
        app.Route("/float/<float:x>", (float x) => Show(x));
        app.Route("/decimal/<float:x>", (decimal x) => Show(x));
        app.Route("/guid/<uuid:x>", (Guid x) => Show(x));
        app.Route("/string/<x>", (string x) => Show(x));
        app.Route("/path/<path:x>", (string x) => Show(x));
        app.Route("/any/<any(help, about):x>", (string x) => Show(x));
        app.Route("/object-of-int/<int:x>", (object x) => Show(x));
        app.Route("/object-of-string/<x>", (object x) => Show(x));
        app.Route("/nullable-int/<int:x>", (int? x) => Show(x));
        app.Route("/nullable-guid/<uuid:x>", (Guid? x) => Show(x));

        app.Route("/hex/<hex:x>", (int x) => Show(x));
        app.Route("/nullable-hex/<hex:x>", (int? x) => Show(x));
        app.Route("/shout/<shout:x>", (string x) => Show(x));
        app.Route("/words/<words:x>", (IReadOnlyList<string> x) => $"{x.GetType().Name} {string.Join(',', x)}");

        var defaults = new Dictionary<string, object?> { ["i"] = 1, ["l"] = 1, ["b"] = 1, ["d"] = 1, ["s"] = "one", ["n"] = null };
        app.Route("/page", (int i, long l, BigInteger b, decimal d, string s, int? n) =>
            string.Create(CultureInfo.InvariantCulture, $"{i} {l} {b} {d} {s} {n}"), options: new() { Defaults = defaults });
        app.Route("/page/<int:i>", (int i) => $"{i}");
        app.Route("/both/<int:i>", (int i) => $"{i} and {Current.Request.ViewArgs!["i"]}", options: new()
        {
            Defaults = new Dictionary<string, object?> { ["i"] = 1 },
        });

        app.Route("/optional/lambda", (int n = 3, string? s = null) => $"{n} {s ?? "none"}");
        app.Route("/optional/method", WithDefaults);
        app.Route("/optional/nullable", (int? n, string? s) => $"{n?.ToString(CultureInfo.InvariantCulture) ?? "nothing"} {s ?? "nothing"}");

        app.Route("/all/<name>/<int:id>", All);
        return app;
    }

    static string All(string name, int id, Store store, RequestContext context, Request request, HttpContext http, CancellationToken aborted) =>
        $"{name} {id} {store.Name} {request.FullPath} {http.Request.Method} {Same(context, Current.Context)} {Same(request, Current.Request)} " +
        Same(aborted, http.RequestAborted);

    static string WithDefaults(int n = 7, string s = "x") => $"{n} {s}";

    static string Same(object one, object other) => one.Equals(other) ? "same" : "different";

    static string Show<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{value!.GetType().Name} {value}");

    sealed record Store(string Name);

    sealed class Visit : IDisposable
    {
        readonly TaskCompletionSource _disposed = new();

        internal Task Disposed => _disposed.Task;

        public void Dispose() => _disposed.SetResult();
    }

    sealed class HexConverter : UrlConverter
    {
        public override string Pattern => "[0-9a-f]+";
        public override Type ValueType => typeof(int);
        public override object ToValue(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    sealed class ShoutConverter : UrlConverter
    {
        public override object ToValue(string text) => text.ToUpperInvariant();
    }

    sealed class WordsConverter : UrlConverter
    {
        public override Type ValueType => typeof(string[]);
        public override object ToValue(string text) => text.Split('+');
    }
}

static class Repeats
{
    internal static string Repeat(this string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
