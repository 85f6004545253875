namespace CliApp;

public static class Shop
{
    public static ModularApp Make(params string[] args)
    {
        var app = new ModularApp(new() { Name = "shop", ServerName = "shop.example" });
        app.UseCli(args, new() { ProgramName = "shop" });
        app.UseVisits();
        app.Config.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Greeting"] = "Good day", ["SecretKey"] = "do not tell", ["Database"] = "Host=db;Password=do not tell", ["Cache"] = "redis://:do-not-tell@cache:6379/0",
        });
        app.Services.AddSingleton<Stock>();
        app.Route("/", () => "up", endpoint: "index");
        app.Route("/settings", () => $"debug={app.Debug} greeting={app.Config["Greeting"]}", endpoint: "settings");
        app.Route("/user/<int:id>", (int id) => $"{id}", endpoint: "user");
        app.Route("/user/<name>", (string name) => name, endpoint: "by_name");
        app.Route("/user/me", () => "me", endpoint: "me");
        app.Post("/orders", () => "ordered", endpoint: "order");
        app.Route("/help/", () => "help", endpoint: "help");
        app.Register(Admin());
        Commands(app);
        return app;
    }

    static Blueprint Admin()
    {
        var admin = new Blueprint("admin", "/admin");
        admin.Route("/", () => "admin", endpoint: "index");
        admin.Command(new("purge", "Throws away what is old.", call => call.Output.WriteLine("purged")));
        return admin;
    }

    static void Commands(ModularApp app)
    {
        var name = new CommandParameter<string>("name", "Who it is for.");
        var loud = new CommandParameter<bool>("--loud", "In capitals.") { Alias = "-l" };
        var times = new CommandParameter<int>("--times", "How often.") { Default = 1 };
        var tag = new CommandParameter<string>("--tag", "What goes with it.") { IsMany = true };
        app.Command(new("greet", "Greets somebody.", call =>
        {
            var text = $"Hello {call.Get(name)}{string.Concat(call.GetAll(tag).Select(each => $" #{each}"))}";
            for (var i = 0; i < call.Get(times); i++) call.Output.WriteLine(call.Get(loud) ? text.ToUpperInvariant() : text);
        })
        { Parameters = [name, loud, times, tag], Examples = ["greet peter --loud"] });

        var item = new CommandParameter<string>("item", "What is counted.") { Choices = ["tea", "coffee"] };
        app.Command(new("stock count", "Counts what is there.", call =>
            call.Output.WriteLine($"{call.Get(item)}: {call.Services.GetRequiredService<Stock>().Count} in {Current.App.Name}, {Current.G.GetType().Name}"))
        { Parameters = [item] });
        app.Command(new("stock check", "Ends with 3 when something is missing.", (call, _) =>
        {
            app.Logger.LogWarning("Coffee is missing");
            return Task.FromResult(3);
        }));
        app.Command(new("wait", "Waits for Ctrl-C.", async (call, cancellation) =>
        {
            await call.Output.WriteLineAsync("waiting".AsMemory(), cancellation);
            await call.Output.FlushAsync(cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
            return 0;
        }));
        app.Command(new("fail", "Fails.", Fail));
        app.Command(new("soon", "Says so later.", async call =>
        {
            await Task.Yield();
            await call.Output.WriteLineAsync("now");
        }));
        app.Command(new("echo", "Says what it is told.", call => call.Output.WriteLine(call.Input.ReadToEnd())));
    }

    static void Fail(CommandCall call) => throw new InvalidOperationException("out of paper");
}

public sealed class Stock
{
    public int Count => 7;
}
