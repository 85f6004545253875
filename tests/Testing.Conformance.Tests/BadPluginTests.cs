using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Modular.Testing.Conformance.Tests;

/// <summary>Each check finds a plugin that breaks its promise, and a plugin that keeps all of them passes.</summary>
public sealed class BadPluginTests
{
    static readonly List<ModularApp> Kept = [];
    static int _requests;

    // BadEngineTests run at the same time.
    static readonly string[] OfOtherTests = ["MiniEngine.AllFilters", "MiniEngine.AllTemplates"];

    [Fact]
    public async Task A_good_plugin_passes_all_checks()
    {
        var slot = new Slot<string>("visitor");
        var kit = new PluginConformance(() => new BadPlugin(builder =>
        {
            builder.AddRequestSlot(slot, context => context.Request.Args.Find("marker") ?? "");
            builder.Services.TryAddSingleton(_ => new MemoryStream());
            builder.BeforeSend((context, response) =>
            {
                if (context.Find(slot) is { } visitor) response.Headers["X-Visitor"] = visitor;
                return default;
            });
        }))
        {
            Beside = [app => app.UseSessions(new() { SecretKey = "a key for the tests" })],
            Uses = app => app.Get("/visitor", context => context.Get(slot), endpoint: "visitor"),
            Paths = ["/visitor"],
            AllowedStatics = [nameof(_requests), .. OfOtherTests],
        };

        await kit.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(18, kit.Checks.Select(check => check.Name).Distinct().Count());
        Assert.Equal(kit.Checks[0].Name, kit.Checks[0].ToString());
    }

    [Fact]
    public async Task All_broken_promises_are_in_one_report()
    {
        var kit = new PluginConformance(() => new BadPlugin(builder => builder.Services.AddSingleton(new MemoryStream()), new(BadPlugin.Id, core: "0.2"))) { AllowedStatics = [nameof(_requests), .. OfOtherTests] };

        var error = await Assert.ThrowsAsync<ConformanceException>(() => kit.RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["The manifest is complete", "It ends with the application"], error.Problems.Select(problem => problem.Check));
        Assert.Equal(
            "Modular.Testing.Conformance.Tests breaks 2 promises.\n" +
            "1. The manifest is complete. Tried: installing it and reading its manifest. Seen: the core range \"0.2\". Write the lowest version and the next major one: \"[0.2,1.0)\".\n" +
            "2. It ends with the application. Tried: reading the services that it adds. Seen: the service MemoryStream is an object that needs disposal, which services don't do for objects. Register a factory, such as AddSingleton(services => new X()), whose object is disposed with the services.",
            error.Message);
    }

    [Fact]
    public async Task An_unknown_check_is_reported_with_the_nearest_one()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Kit(_ => { }).RunAsync("It installs in any ordr"));

        Assert.StartsWith("There is no check \"It installs in any ordr\". Did you mean \"It installs in any order\"? Write one of: \"The manifest is complete\", ", error.Message);
    }

    [Fact]
    public async Task An_incomplete_manifest_is_found()
    {
        var kit = new PluginConformance(() => new BadPlugin(_ => { }, new("Acme.Other", core: "[0.2]") { Dependencies = [new("Modular.Sessions", "UseSessions")] })) { With = [app => app.UseSessions(new() { SecretKey = "a key for the tests, which is long enough" })] };
        var nothing = new PluginConformance(_ => { });

        var problems = await Find(kit, "The manifest is complete");

        // A core that isn't 0.2.0 is outside that range, which is a fourth.
        Assert.Equal(
        [
            "the id \"Acme.Other\" in the assembly Modular.Testing.Conformance.Tests", "the core range \"[0.2]\"", "\"UseSessions\" as the line that installs Modular.Sessions",
        ], problems.Take(3));
        Assert.Equal(["the installation adds no plugin"], await Find(nothing, "The manifest is complete"));
    }

    [Fact]
    public async Task A_core_range_that_the_core_is_not_in_is_found()
    {
        var kit = new PluginConformance(() => new BadPlugin(_ => { }, new(BadPlugin.Id, core: "[8.0,9.0)")));

        Assert.Contains(await Find(kit, "The manifest is complete"), seen => seen.Contains("was made for Modular.Core [8.0,9.0)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_need_that_no_manifest_declares_is_found()
    {
        var undeclared = new PluginConformance(() => new BadPlugin(builder => builder.Validate(services => services.GetService<Needed>() is null ? "Something is missing." : null)))
        {
            With = [app => app.Services.AddSingleton(new Needed())],
        };
        var throws = new PluginConformance(() => new BadPlugin(_ => throw new InvalidOperationException("There are no sessions."), new(BadPlugin.Id, core: "[0.2,1.0)") { Dependencies = [new("Modular.Sessions", "app.UseSessions(…)")] }));

        Assert.Equal(["Something is missing."], await Find(undeclared, "It says what it needs"));
        Assert.Equal(["InvalidOperationException: There are no sessions."], await Find(throws, "It says what it needs"));
    }

    [Fact]
    public async Task An_assembly_that_is_not_marked_as_trimmable_is_found()
    {
        var kit = new PluginConformance(() => new BadPlugin(_ => { })) { Assembly = typeof(FactAttribute).Assembly };

        Assert.Equal([$"{typeof(FactAttribute).Assembly.GetName().Name} isn't marked as trimmable"], await Find(kit, "It is ready for trimming and native AOT"));
    }

    [Fact]
    public async Task A_plugin_that_needs_an_order_is_found()
    {
        var other = new Slot<string>("other");
        var kit = new PluginConformance(app => app.Use(new BadPlugin(_ => app.Get(other))))
        {
            With = [app => app.Use(new BadPlugin(builder => builder.AddAppSlot(other, "value"), new("Acme.Other", core: "[0.2,1.0)")))],
        };

        var problem = Assert.Single(await Problems(kit, "It installs in any order"));

        Assert.Equal("the order the plugin, With[0]", problem.Tried);
    }

    [Fact]
    public async Task An_order_of_sending_that_no_manifest_declares_is_found()
    {
        var kit = new PluginConformance(() => new BadPlugin(builder => builder.BeforeSend((_, response) =>
        {
            response.Headers["X-Sealed"] = response.Headers.ContainsKey("X-Other") ? "after the other" : "before the other";
            return default;
        })))
        {
            Beside = [app => app.Use(new BadPlugin(builder => builder.BeforeSend((_, response) =>
            {
                response.Headers["X-Other"] = Guid.NewGuid().ToString();
                return default;
            }), new("Acme.Other", core: "[0.2,1.0)")))],
        };

        var problem = Assert.Single(await Problems(kit, "What it sends doesn't depend on the order"));

        Assert.Equal("the headers of all responses with the plugins in the reverse order", problem.Tried);
        Assert.Equal("/modular-conformance/plain has the header X-Sealed \"before the other\" instead of \"after the other\"", problem.Seen);
    }

    [Fact]
    public async Task A_conflict_that_is_wrong_or_is_not_reported_is_found()
    {
        var needed = new PluginConformance(() => new BadPlugin(_ => { }, new(BadPlugin.Id, core: "[0.2,1.0)")
        {
            Dependencies = [new("Modular.Sessions", "app.UseSessions(…)")], Conflicts = ["Modular.Sessions", BadPlugin.Id, " "],
        }))
        {
            With = [app => app.UseSessions(new() { SecretKey = "a key for the tests, which is long enough" })],
        };
        var crashes = new PluginConformance(app => app.Use(new BadPlugin(_ =>
        {
            if (app.Plugins.Any(plugin => plugin.Manifest.Id == "Acme.Other")) throw new InvalidOperationException("Sequence contains more than one element");
        }, new(BadPlugin.Id, core: "[0.2,1.0)") { Conflicts = ["Acme.Other"] })));
        var good = new PluginConformance(() => new BadPlugin(_ => { }, new(BadPlugin.Id, core: "[0.2,1.0)") { Conflicts = ["Acme.Other"] }));

        Assert.Equal(["the plugin also needs it", "it isn't the id of another plugin", "it isn't the id of another plugin"], await Find(needed, "A conflict is reported"));
        Assert.Equal(["InvalidOperationException: Sequence contains more than one element"], await Find(crashes, "A conflict is reported"));
        await good.RunAsync("A conflict is reported", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_plugin_for_one_blueprint_that_acts_outside_of_it_is_found()
    {
        var everywhere = Kit(_ => { });
        var kit = new PluginConformance(app => app.Use(new BadPlugin(_ => { })))
        {
            InstallFor = (app, blueprint) =>
            {
                app.Use(new BadPlugin(builder => builder.App.AfterRequest((_, response) => { response.Headers["X-Inside"] = "1"; })), onlyFor: blueprint);
                app.AfterRequest((_, response) => { response.Headers["X-Outside"] = "1"; });
            },
        };
        var whole = new PluginConformance(() => new BadPlugin(builder => builder.UseMiddleware(_ => next => next)));

        var problem = Assert.Single(await Problems(kit, "For one blueprint it acts only there"));
        Assert.EndsWith("X-Outside\" instead of \"Content-Length, Content-Type\"", problem.Seen);
        Assert.DoesNotContain("X-Inside", problem.Seen);
        await whole.RunAsync("For one blueprint it acts only there", TestContext.Current.CancellationToken);
        await everywhere.RunAsync("For one blueprint it acts only there", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_second_installation_that_crashes_is_found()
    {
        var kit = new PluginConformance(app => app.Use(new BadPlugin(_ =>
        {
            if (app.Services.Any(service => service.ServiceType == typeof(Needed))) throw new InvalidOperationException("Sequence contains more than one element");
            app.Services.AddSingleton<Needed>();
        })));

        Assert.Equal(["InvalidOperationException: Sequence contains more than one element"], await Find(kit, "A second installation is reported"));
    }

    [Fact]
    public async Task Work_in_Install_is_found()
    {
        var services = Kit(builder => builder.Services.BuildServiceProvider());
        var task = Kit(_ => Task.Run(() => { }));
        var file = Kit(builder => { }, app => File.WriteAllText(Path.Combine(app.Options.RootPath, "cache.db"), ""));
        var host = Kit(_ => System.Net.Dns.GetHostAddresses("localhost"));
        var configuration = Kit(builder => _ = builder.Config["Acme:Key"] ?? throw new InvalidOperationException("Acme:Key is missing."));

        Assert.Equal(["a service provider was built"], await Find(services, "Install only declares"));
        Assert.Equal(["a task was started"], await Find(task, "Install only declares"));
        Assert.Equal(["the new file cache.db in the root path"], await Find(file, "Install only declares"));
        Assert.Contains("a host name was resolved", await Find(host, "Install only declares"));
        Assert.Equal(["InvalidOperationException: Acme:Key is missing."], await Find(configuration, "Install only declares"));
    }

    [Fact]
    public async Task Wrong_options_that_are_accepted_are_found()
    {
        var kit = new PluginConformance(() => new BadPlugin(_ => { }))
        {
            WrongOptions =
            [
                ("a negative size", app => app.Use(new BadPlugin(_ => { }))), ("a missing key", app => app.Use(new BadPlugin(_ => throw new InvalidOperationException("Sequence contains no elements")))),
                ("a checked value", _ => throw new ArgumentOutOfRangeException("size", "The size must be at least 1.")),
            ],
        };

        Assert.Equal(["starting it with a negative size", "starting it with a missing key"], (await Problems(kit, "Wrong options are reported at start-up")).Select(problem => problem.Tried));
    }

    [Fact]
    public async Task A_plugin_object_that_keeps_its_application_is_found()
    {
        var kit = new PluginConformance(() => new FirstApplication()) { Uses = app => app.Get("/name", _ => FirstApplication.Name, endpoint: "name"), Paths = ["/name"] };

        Assert.Contains((await Problems(kit, "Two applications share nothing")).Select(problem => problem.Tried), tried => tried == "one plugin object in two applications");
    }

    [Fact]
    public async Task A_redirect_that_leaves_the_mount_is_found()
    {
        var kit = Kit(builder => builder.App.BeforeRequest(context =>
            context.Request.Path == "/" ? Moved() : null), uses: app => app.Get("/", () => "index", endpoint: "index"), paths: ["/"]);
        var full = Kit(builder => builder.App.BeforeRequest(context =>
            context.Http.Request.PathBase.HasValue ? throw new HttpException(404) : null));

        Assert.Equal(["/ redirects to /login"], await Find(kit, "It works in a mounted application"));
        Assert.Equal(["/modular-conformance/plain has the status 404 instead of 200"], await Find(full, "It works in a mounted application"));
    }

    [Fact]
    public async Task Services_that_are_not_disposed_or_fail_to_be_are_found()
    {
        var instance = Kit(builder => builder.Services.AddSingleton(new MemoryStream()));
        var failing = Kit(builder =>
        {
            builder.Services.AddSingleton<Failing>();
            builder.Validate(services => services.GetRequiredService<Failing>() is null ? "" : null);
        });

        Assert.Single(await Find(instance, "It ends with the application"));
        Assert.Contains("disposed of twice", Assert.Single(await Find(failing, "It ends with the application")));
    }

    [Fact]
    public async Task Static_state_is_found()
    {
        var kit = Kit(builder => builder.App.BeforeRequest(_ => _requests++));
        var growing = Kit(builder => { }, app => { lock (Kept) Kept.Add(app); }, statics: [nameof(_requests)]);

        Assert.Equal(["the field Modular.Testing.Conformance.Tests.BadPluginTests._requests can change"], await Find(kit, "It keeps no static state"));
        Assert.StartsWith("Modular.Testing.Conformance.Tests.BadPluginTests.Kept grew from ", Assert.Single(await Find(growing, "It keeps no static state")));
        Assert.Equal(["it is still in memory"], await Find(growing, "It keeps no application alive"));
    }

    [Fact]
    public async Task An_application_that_is_released_half_a_second_later_keeps_the_promise()
    {
        var kit = Kit(_ => { }, app => _ = KeepAsync(app));

        await kit.RunAsync("It keeps no application alive", TestContext.Current.CancellationToken);

        static async Task KeepAsync(ModularApp app)
        {
            await Task.Delay(500, CancellationToken.None);
            GC.KeepAlive(app);
        }
    }

    [Fact]
    public async Task A_field_that_requests_share_is_found()
    {
        string? last = null;
        var kit = Kit(builder =>
        {
            builder.App.BeforeRequest(context => { last = context.Request.Args.Find("marker"); });
            builder.BeforeSend((_, response) =>
            {
                response.Headers["X-Last"] = last ?? "";
                return default;
            });
        });

        Assert.Contains("/modular-conformance/meeting returns a value of another visitor", await Find(kit, "1,000 interleaved requests share nothing"));
    }

    [Fact]
    public async Task What_an_aborted_request_keeps_is_found()
    {
        var open = new ConcurrentDictionary<string, int>();
        var leaks = Kit(builder =>
        {
            builder.App.BeforeRequest(context =>
            {
                if (open.Count >= 3) throw new HttpException(503);
                open[context.Http.TraceIdentifier] = 1;
            });
            builder.App.AfterRequest((context, _) => { open.TryRemove(context.Http.TraceIdentifier, out int _); });
        });
        var fails = Kit(builder => builder.App.TeardownRequest((_, error) =>
        {
            if (error is not null) throw new InvalidOperationException("A teardown hook failed.");
        }));

        Assert.Contains("/modular-conformance/plain has the status 503", await Find(leaks, "It survives disconnected clients"));
        Assert.Contains(await Find(fails, "It survives disconnected clients"), seen => seen.Contains("A teardown hook failed.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_for_requests_that_do_not_need_it_is_found()
    {
        var allocates = Kit(builder => builder.App.BeforeRequest(context => { context.Http.Items["buffer"] = new byte[4096]; }));
        var waits = Kit(builder => builder.App.BeforeRequest(async Task () => await Task.Yield()));

        Assert.Matches("^4[0-9]{3} bytes more for each request than without it", Assert.Single(await Find(allocates, "Requests that don't use it cost nothing")));
        Assert.Equal(["such a request waits"], await Find(waits, "Requests that don't use it cost nothing"));
    }

    static PluginConformance Kit(Action<PluginBuilder> install, Action<ModularApp>? around = null, Action<ModularApp>? uses = null, IReadOnlyList<string>? paths = null, IReadOnlyList<string>? statics = null) =>
        new(app => { app.Use(new BadPlugin(install)); around?.Invoke(app); }) { Uses = uses, Paths = paths ?? [], AllowedStatics = [.. statics ?? [], .. OfOtherTests], Assembly = typeof(BadPlugin).Assembly };

    static async Task<IReadOnlyList<string>> Find(PluginConformance kit, string check) => [.. (await Problems(kit, check)).Select(problem => problem.Seen)];

    static async Task<IReadOnlyList<ConformanceProblem>> Problems(PluginConformance kit, string check)
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(() => kit.RunAsync(check, TestContext.Current.CancellationToken));
        Assert.All(error.Problems, problem => Assert.Equal(check, problem.Check));
        Assert.All(error.Problems, problem => Assert.NotEqual("", problem.Remedy));
        return error.Problems;
    }

    // Without the mount path, which Redirect would add.
    static Response Moved()
    {
        var response = new Response("", 302);
        response.Headers.Location = "/login";
        return response;
    }

    sealed class Needed;

    sealed class Failing : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException("It was disposed of twice.");
    }

    /// <summary>Remembers the first application in a field.</summary>
    sealed class FirstApplication : IPlugin
    {
        static readonly Slot<string> Slot = new("name");
        bool _isUsed;

        public PluginManifest Manifest { get; } = new(BadPlugin.Id, core: "[0.2,1.0)");

        internal static string Name => Current.Context.Get(Slot);

        public void Install(PluginBuilder builder)
        {
            if (!_isUsed) builder.AddRequestSlot(Slot, _ => "name");
            _isUsed = true;
        }
    }
}
