using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Quickstart.Tests;

/// <summary>Tests Flask's quickstart, section by section, over real HTTP.</summary>
public sealed class QuickstartTests : IAsyncLifetime
{
    readonly ModularApp _app = QuickstartApp.Create();
    readonly Lines _log = new();
    readonly CookieContainer _cookies = new();
    WebApplication _host = null!;
    HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _app.Services.AddSingleton<ILoggerProvider>(_log);
        _host = _app.Build(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        await _host.StartAsync();
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = new Uri(_host.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _client.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData("/hello/", "<h1>Hello World!</h1>")]
    [InlineData("/hello/John%20%3CDoe%3E", "<h1>Hello John &lt;Doe&gt;!</h1>")]
    public async Task The_page_of_Flasks_quickstart_is_rendered_from_its_own_template(string path, string heading)
    {
        var (status, type, text) = await Get(path);

        Assert.Equal((200, "text/html; charset=utf-8"), (status, type));
        Assert.Contains("<title>Hello from Flask</title>", text);
        Assert.Contains(heading, text);
    }

    async Task<(int Status, string Type, string Text)> Get(string path)
    {
        using var response = await _client.GetAsync(path);
        return ((int)response.StatusCode, $"{response.Content.Headers.ContentType}", await response.Content.ReadAsStringAsync());
    }

    static (int, string, string) Page(string text, int status = 200) => (status, "text/html; charset=utf-8", text);

    [Fact]
    public async Task A_minimal_application() => Assert.Equal(Page("<p>Hello, World!</p>"), await Get("/hello-world"));

    [Fact]
    public async Task HTML_escaping() => Assert.Equal(Page("Hello, &lt;script&gt;alert(&#34;bad&#34;)!"), await Get("/escape/%3Cscript%3Ealert(%22bad%22)"));

    [Fact]
    public async Task Routing()
    {
        var (status, type, text) = await Get("/");

        Assert.Equal((200, "text/html; charset=utf-8"), (status, type));
        Assert.Contains("<h1>Modular: quickstart</h1>", text, StringComparison.Ordinal);
        Assert.Equal(Page("Hello, World"), await Get("/hello"));
    }

    [Fact]
    public async Task Variable_rules()
    {
        Assert.Equal(Page("User John Doe"), await Get("/user/John%20Doe"));
        Assert.Equal(Page("User &lt;b&gt;"), await Get("/user/%3Cb%3E"));
        Assert.Equal(Page("Post 42"), await Get("/post/42"));
        Assert.Equal(404, (await Get("/post/a")).Status);
        Assert.Equal(404, (await Get("/post/-1")).Status);
        Assert.Equal(Page("Subpath a/b/c"), await Get("/path/a/b/c"));
    }

    [Fact]
    public async Task Unique_URLs_and_redirection()
    {
        using var redirect = await _client.GetAsync("/projects");

        Assert.Equal(Page("The project page"), await Get("/projects/"));
        Assert.Equal((308, new Uri(_client.BaseAddress!, "/projects/")), ((int)redirect.StatusCode, redirect.Headers.Location));
        Assert.Equal(Page("The about page"), await Get("/about"));
        Assert.Equal(404, (await Get("/about/")).Status);
    }

    [Fact]
    public async Task URL_building()
    {
        var text = (await Get("/")).Text;

        foreach (var url in (string[])["/static/style.css", "/hello", "/user/John%20Doe", "/escape/%3Cimg%20src=x%20onerror=alert(&#39;bad&#39;)%3E", "/post/42", "/projects/", "/login?next=/", "/cookie/set", "/secret", "/me"])
            Assert.Contains($"=\"{url}\"", text, StringComparison.Ordinal);

        using var scope = _app.TestRequestContext();
        Assert.Equal("/", Functions.UrlFor("Index"));
        Assert.Equal("/login", Functions.UrlFor("Login"));
        Assert.Equal("/login?next=/", Functions.UrlFor("Login", ("next", "/")));
        Assert.Equal("/user/John%20Doe", Functions.UrlFor("ShowUserProfile", ("username", "John Doe")));
    }

    [Fact]
    public async Task Every_link_of_the_first_page_leads_somewhere()
    {
        var links = (await Get("/")).Text.Split("href=\"").Skip(1).Select(rest => WebUtility.HtmlDecode(rest[..rest.IndexOf('"', StringComparison.Ordinal)])).ToList();

        Assert.Equal(13, links.Count);
        foreach (var link in links)
        {
            var status = (await Get(link)).Status;
            Assert.True(status is 200 or 302 || (status, link) == (404, "/nothing/here"), $"{status} {link}");
        }
    }

    [Fact]
    public async Task HTTP_methods()
    {
        using var form = new FormUrlEncodedContent([new("username", "peter"), new("password", "12345")]);
        using var posted = await _client.PostAsync("/login", form);
        using var signedIn = await _client.PostAsync("/signin", new FormUrlEncodedContent([new("username", "mary"), new("password", "123")]));
        using var wrong = await _client.PostAsync("/about", null);
        using var head = await _client.SendAsync(new(HttpMethod.Head, "/login"));
        using var options = await _client.SendAsync(new(HttpMethod.Options, "/login"));

        Assert.Contains("<form method=\"post\">", (await Get("/login")).Text, StringComparison.Ordinal);
        Assert.Equal("Logged in as peter, with 5 characters of password", await posted.Content.ReadAsStringAsync());
        Assert.Equal("Logged in as mary, with 3 characters of password", await signedIn.Content.ReadAsStringAsync());
        Assert.Equal((405, "GET, HEAD, OPTIONS"), ((int)wrong.StatusCode, string.Join(", ", wrong.Content.Headers.Allow.Order())));
        Assert.Equal((200, 0), ((int)head.StatusCode, (await head.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal((200, "GET, HEAD, OPTIONS, POST"), ((int)options.StatusCode, string.Join(", ", options.Content.Headers.Allow.Order())));
    }

    [Fact]
    public async Task Static_files()
    {
        var (status, type, text) = await Get("/static/style.css");

        Assert.Equal((200, "text/css; charset=utf-8"), (status, type));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "static", "style.css")), text);
        Assert.Equal(404, (await Get("/static/none.css")).Status);
    }

    [Fact]
    public async Task Sessions_and_message_flashing()
    {
        var before = await Get("/session");
        var form = await Get("/session/login");
        using var login = await _client.PostAsync("/session/login", new FormUrlEncodedContent([new("username", "<peter>")]));
        var (inside, again) = (await Get("/session"), await Get("/session"));
        using var logout = await _client.GetAsync("/session/logout");
        var outside = await Get("/session");

        Assert.Contains("You are not logged in", before.Text, StringComparison.Ordinal);
        Assert.Contains("<form method=\"post\">", form.Text, StringComparison.Ordinal);
        Assert.Equal((302, "/session", 302), ((int)login.StatusCode, $"{login.Headers.Location}", (int)logout.StatusCode));
        Assert.Contains("<p class=\"info\">You were logged in</p>Logged in as &lt;peter&gt;", inside.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<p", again.Text, StringComparison.Ordinal);
        Assert.Contains("<p class=\"message\">You were logged out</p>You are not logged in", outside.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_object()
    {
        using var incomplete = await _client.PostAsync("/login", new FormUrlEncodedContent([new("username", "peter")]));

        Assert.Equal(400, (int)incomplete.StatusCode);        // a missing field is the client's mistake
        Assert.Equal(Page("You searched for &lt;b&gt;tea"), await Get("/search?key=%3Cb%3Etea"));
        Assert.Equal(Page("You searched for "), await Get("/search"));
    }

    [Fact]
    public async Task Context_locals()
    {
        using (var scope = _app.TestRequestContext("/hello", method: "POST"))
        {
            Assert.Equal(("/hello", "POST"), (Current.Request.Path, Current.Request.Method));
        }

        Assert.Throws<ModularException>(() => Current.Request);
        var pages = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => Get($"/search?key={n}")));
        Assert.Equal(Enumerable.Range(0, 30).Select(n => Page($"You searched for {n}")), pages);
    }

    [Fact]
    public async Task Cookies()
    {
        Assert.Equal(Page("Your name is not known"), await Get("/cookie"));
        using var set = await _client.GetAsync("/cookie/set");
        Assert.Equal("username=\"the username\"; Path=/", set.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal(Page("Your name is the username"), await Get("/cookie"));
    }

    [Fact]
    public async Task Redirects_and_errors()
    {
        using var redirect = await _client.GetAsync("/secret");
        var (status, type, text) = await Get("/forbidden");

        Assert.Equal((302, "/forbidden"), ((int)redirect.StatusCode, redirect.Headers.Location?.ToString()));
        Assert.Equal((401, "text/html; charset=utf-8"), (status, type));
        Assert.Contains("<h1>Unauthorized</h1>", text, StringComparison.Ordinal);
        Assert.Equal(Page("<h1>Page Not Found</h1><p>There is nothing at <code>/nothing/&lt;here&gt;</code>.", 404), await Get("/nothing/%3Chere%3E"));
    }

    [Fact]
    public async Task About_responses()
    {
        using var response = await _client.GetAsync("/teapot");

        Assert.Equal((418, "A value"), ((int)response.StatusCode, response.Headers.GetValues("X-Something").Single()));
        Assert.Equal("I am a teapot", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task APIs_with_JSON()
    {
        var me = await _client.GetFromJsonAsync<JsonElement>("/me");
        var users = await _client.GetFromJsonAsync<JsonElement>("/users");

        Assert.Equal("application/json", (await Get("/me")).Type);
        Assert.Equal("""{"username":"peter","theme":"dark","image":"/static/peter.png"}""", JsonSerializer.Serialize(me));
        Assert.Equal("""[{"username":"peter"},{"username":"mary"}]""", JsonSerializer.Serialize(users));
    }

    [Fact]
    public async Task Logging()
    {
        Assert.Equal(Page("Logged"), await Get("/log"));

        Assert.Equal(["Warning: A warning occurred (42 apples)", "Error: An error occurred"], _log.Of(_app.Name));
    }

    [Fact]
    public async Task Hooking_in_middleware()
    {
        using var response = await _client.GetAsync("/hello");

        Assert.Equal("on", response.Headers.GetValues("X-Middleware").Single());
    }

    [Fact]
    public async Task Hooking_in_a_fixer_for_a_proxy()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/projects");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var response = await _client.SendAsync(request);

        Assert.StartsWith("https://", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_uploads()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "the_file", "../my photo.png" } };
        using var none = new MultipartFormDataContent { { new StringContent("x"), "other" } };

        using var response = await _client.PostAsync("/upload", form);
        using var missing = await _client.PostAsync("/upload", none);

        Assert.Equal("Uploaded my_photo.png, 3 bytes", await response.Content.ReadAsStringAsync());
        Assert.Equal(400, (int)missing.StatusCode);
        Assert.Contains("multipart/form-data", (await Get("/upload")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_it_by_RunAsync_with_a_free_port()
    {
        using var stop = new CancellationTokenSource();
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var started = new TaskCompletionSource();
        var app = QuickstartApp.Create();
        app.Services.AddHostedService(services => new Started(services, started));

        var running = app.RunAsync(port: port, cancellationToken: stop.Token);
        await started.Task;
        var text = await _client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/hello"));
        await stop.CancelAsync();
        await running;

        Assert.Equal("Hello, World", text);
    }

    sealed class Started(IServiceProvider services, TaskCompletionSource started) : Microsoft.Extensions.Hosting.IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    sealed class Lines : ILoggerProvider
    {
        readonly List<(string Category, string Text)> _lines = [];

        internal IEnumerable<string> Of(string category) => _lines.Where(line => line.Category == category).Select(line => line.Text);

        public ILogger CreateLogger(string categoryName) => new Logger(_lines, categoryName);

        public void Dispose()
        {
        }

        sealed class Logger(List<(string, string)> lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                lock (lines) lines.Add((category, $"{logLevel}: {formatter(state, exception)}"));
            }
        }
    }
}
