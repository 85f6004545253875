using System.Xml.Linq;

namespace Modular.Eng;

/// <summary>A program that uses some packages: its project and its code.</summary>
static class ConsumerProgram
{
    /// <summary>The text of each program's page.</summary>
    const string Page = "ok";

    // The line that installs a package, and the code of its page. A package that isn't listed is an error.
    static readonly Dictionary<string, (string Install, string Use)> Words = new()
    {
        [Package.Core] = ("", """parts.Add(UrlFor("page"));"""),
        ["Modular.Caching"] = ("app.UseCaching();", """parts.Add(Memoize("square", (int n, CancellationToken _) => new ValueTask<int>(n * n)));"""),
        ["Modular.Cli"] = ("app.UseCli(args);", ""),
        ["Modular.Csrf"] = ("app.UseCsrf();", "parts.Add(CsrfField());"),
        ["Modular.Debugger"] = ("app.UseDebugger();", ""),
        ["Modular.Fixers"] = ("""app.UseProxyFix(new() { TrustedProxies = ["127.0.0.1"] });""", "parts.Add(Current.Request.RemoteAddr);"),
        ["Modular.Flash"] = ("app.UseFlash();", """Flash("hello"); parts.Add(GetFlashedMessages().Count);"""),
        ["Modular.Logging"] = ("app.UseLogging();", "parts.Add(Current.RequestId);"),
        ["Modular.Login"] = ("app.UseLogin<User>(id => new User(id));", """parts.Add(LoginUser(new User("1"))); parts.Add(Current.User<User>());"""),
        ["Modular.Sessions"] = ("""app.UseSessions(new() { SecretKey = "a key for the consumer check" });""", """Current.Session["n"] = 1; parts.Add(Current.Session["n"]);"""),
        ["Modular.Templating"] = ("app.UseTemplating();", ""),
        ["Modular.Templating.Handlebars"] = ("app.UseHandlebars();", """parts.Add(RenderTemplate("page.hbs", ("name", "you")));"""),
        ["Modular.Templating.Jinja"] = ("app.UseJinja();", """parts.Add(RenderTemplate("page.jinja", ("name", "you")));"""),
        ["Modular.Templating.Liquid"] = ("app.UseLiquid();", """parts.Add(RenderTemplate("page.liquid", ("name", "you")));"""),
        ["Modular.Testing"] = ("", ""),
        ["Modular.Testing.Conformance"] = ("", ""),
        ["Modular.Uploads"] = ("app.UseUploads();", """parts.Add(SecureFilename("../a b.txt"));"""),
        ["Modular.WebSockets"] = ("""app.UseWebSockets(); app.WebSocket("/socket", _ => Task.CompletedTask);""", ""),
    };

    /// <summary>Writes the program.</summary>
    /// <param name="packages">What its project references.</param>
    /// <param name="installed">What it installs: the packages and what they need.</param>
    internal static async Task WriteAsync(string folder, IReadOnlyList<(string Id, SemVersion Version)> packages, IReadOnlyList<string> installed, CancellationToken cancellationToken)
    {
        if (installed.FirstOrDefault(id => !Words.ContainsKey(id)) is { } unknown)
            throw new ReleaseException($"There is no test program for {unknown}. Add its lines to eng/Release/ConsumerProgram.cs.");
        var tests = installed.Contains("Modular.Testing")
            ? "await using (var client = app.TestClient()) if ((await client.GetAsync(\"/\")).Text != \"" + Page + "\") return 3;\n" : "";
        var types = installed.Contains("Modular.Login") ? "sealed record User(string Id) : IUser;" : "";
        await WriteAsync(folder, packages, $$"""
            var app = new ModularApp();
            {{string.Join('\n', installed.Select(id => Words[id].Install).Where(line => line.Length > 0))}}
            app.Get("/", () =>
            {
                var parts = new List<object?>();
            {{string.Join('\n', installed.Select(id => Words[id].Use).Where(line => line.Length > 0).Select(line => $"    {line}"))}}
                return parts.Contains(null) ? "a part is null" : "{{Page}}";
            }, endpoint: "page");
            {{tests}}app.Run(port: 0);
            return 0;

            {{types}}
            """, cancellationToken);
        var templates = Directory.CreateDirectory(Path.Combine(folder, "templates")).FullName;
        foreach (var end in (string[])["hbs", "jinja", "liquid"]) await File.WriteAllTextAsync(Path.Combine(templates, $"page.{end}"), "Hello {{name}}", cancellationToken);
    }

    /// <summary>Writes a program with the given text.</summary>
    internal static async Task WriteAsync(string folder, IReadOnlyList<(string Id, SemVersion Version)> packages, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var project = new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("ItemGroup", packages.Select(package => new XElement("PackageReference", new XAttribute("Include", package.Id), new XAttribute("Version", $"[{package.Version}]")))));
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Path.GetFileName(folder)}.csproj"), project.ToString(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), text, cancellationToken);
    }
}
