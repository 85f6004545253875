using Microsoft.Extensions.Configuration;

namespace Modular.Tests.Hosting;

/// <summary><c>app.Config</c> and <c>app.Logger</c>.</summary>
public class ConfigTests
{
    [Fact]
    public async Task A_JSON_file_configures_and_views_read_it_by_both_names()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, """{ "Blog": { "Title": "Notes", "PageSize": 20 } }""");
        var app = new ModularApp();
        app.Config.AddJsonFile(path);
        app.Config["Extra"] = "set by hand";
        File.Delete(path);
        app.Route("/", (IConfiguration config) => $"{config["Blog:Title"]} {Current.App.Config.GetValue<int>("Blog:PageSize")} {config["Extra"]}", endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("Notes 20 set by hand", response.Text);
    }

    sealed class BlogOptions
    {
        public string Title { get; set; } = "";
        public int PageSize { get; set; }
        public TimeSpan Refresh { get; set; }
    }

    [Fact]
    public void Prefixed_environment_variables_nest_and_are_read_as_any_type_or_as_one_object()
    {
        Environment.SetEnvironmentVariable("MODULAR_Journal__Title", "From outside");
        Environment.SetEnvironmentVariable("MODULAR_Journal__PageSize", "30");
        Environment.SetEnvironmentVariable("JOURNALIST_Journal__Refresh", "00:05:00");
        var app = new ModularApp();
        app.Config.AddEnvironmentVariables("JOURNALIST_");

        var blog = app.Config.GetSection("Journal").Get<BlogOptions>()!;

        Assert.Equal(("From outside", 30, TimeSpan.FromMinutes(5)), (blog.Title, blog.PageSize, blog.Refresh));
        Assert.Equal(30, app.Config.GetValue<int>("journal:pagesize"));
    }

    [Fact]
    public void Objects_and_strings_can_be_configuration_sources_and_the_last_source_wins()
    {
        var app = new ModularApp();
        app.Config.AddInMemoryCollection(new Dictionary<string, string?> { ["Diary:Title"] = "first", ["Diary:PageSize"] = "10" });
        app.Config.AddJsonStream(new MemoryStream("""{ "Diary": { "Title": "second" } }"""u8.ToArray()));

        var blog = app.Config.GetSection("Diary").Get<BlogOptions>()!;

        Assert.Equal(("second", 10), (blog.Title, blog.PageSize));
    }

    [Fact]
    public void A_file_that_is_missing_is_an_error_unless_it_is_optional()
    {
        var app = new ModularApp();

        app.Config.AddJsonFile("/nowhere/settings.json", optional: true);

        Assert.Throws<FileNotFoundException>(() => app.Config.AddJsonFile("/nowhere/settings.json"));
    }

    [Fact]
    public async Task Without_a_provider_the_logger_writes_to_the_console_before_and_after_the_start()
    {
        using var console = ConsoleText.Capture();
        var app = new ModularApp(new() { Name = "talking" });
        app.Route("/", () =>
        {
            app.Logger.LogWarning("{Count} apples", 42);
            return "";
        }, endpoint: "index");

        app.Logger.LogInformation("set up");
        await using (var client = app.TestClient()) await client.GetAsync("/");

        Assert.Contains("talking[0]", console.Text, StringComparison.Ordinal);
        Assert.Matches("(?s)set up.*42 apples", console.Text);
    }

    [Fact]
    public async Task A_custom_provider_replaces_the_console()
    {
        using var console = ConsoleText.Capture();
        var log = new HostLog();
        var app = new ModularApp(new() { Name = "talking" });
        app.Services.AddSingleton<ILoggerProvider>(log);
        app.Route("/", () =>
        {
            app.Logger.LogWarning("{Count} apples", 42);
            return "";
        }, endpoint: "index");

        await using (var client = app.TestClient()) await client.GetAsync("/");

        Assert.Contains("Warning talking: 42 apples", log.All);
        Assert.Equal("", console.Text);
    }

    [Fact]
    public async Task AddLogging_works_on_the_applications_services()
    {
        var log = new HostLog();
        var app = new ModularApp(new() { Name = "talking" });
        app.Services.AddLogging(logging => logging.AddProvider(log).AddFilter("talking", LogLevel.Error));
        app.Route("/", (ILogger<ConfigTests> logger) =>
        {
            app.Logger.LogWarning("filtered out");
            app.Logger.LogError("kept");
            logger.LogInformation("by type");
            return "";
        }, endpoint: "index");

        await using (var client = app.TestClient()) await client.GetAsync("/");

        Assert.Contains("Error talking: kept", log.All);
        Assert.DoesNotContain("Warning talking: filtered out", log.All);
        Assert.Contains("Information Modular.Tests.Hosting.ConfigTests: by type", log.All);
    }

    [Fact]
    public void Logging_after_the_host_was_disposed_of_is_ignored()
    {
        var app = new ModularApp();
        using (app.AppContext()) app.Logger.LogDebug("inside");

        app.Logger.LogDebug("outside");
    }
}
