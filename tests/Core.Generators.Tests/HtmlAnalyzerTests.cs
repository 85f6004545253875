namespace Modular.Generators.Tests;

public sealed class HtmlAnalyzerTests
{
    [Fact]
    public Task Text_of_the_request_in_a_string_is_found() => Programs.Verify<HtmlAnalyzer>("""
        app.Get("/a/<name>", (string name) => $"<h1>Hello {{|MOD003:name|}}!</h1>");
        app.Get("/b/<name>", name => "Hello " + {|MOD003:name|});
        app.Get("/c", () => $"You searched for {{|MOD003:Current.Request.Args["q"]|}}");
        app.Get("/d", (RequestContext context) => $"{{|MOD003:context.Request.Path|}} isn't here");
        app.Get("/e", () => ($"{{|MOD003:Current.Request.Args.Get("q", "")|}}", 404));
        app.Get("/f", async (string q) => { await Task.Yield(); return $"<p>{{|MOD003:q.Trim()|}}"; });
        app.Get("/g", Search);
        app.Get("/h", () => { var q = Current.Request.Args["q"]; return q.Length == 0 ? "nothing" : $"<p>{{|MOD003:q|}}"; });
        string Search(string q)
        {
            return $"<p>{{|MOD003:q ?? "nothing"|}}";
        }
        """);

    [Fact]
    public Task Escaped_text_and_other_text_is_accepted() => Programs.Verify<HtmlAnalyzer>("""
        var title = "Home";
        app.Get("/a/<name>", (string name) => Html($"<h1>Hello {name}!</h1>"));
        app.Get("/b/<int:id>", (int id) => $"Post {id}");
        app.Get("/c/<name>", (string name) => $"Hello {Escape(name)}");
        app.Get("/d", () => $"<title>{title}</title>");
        app.Get("/e/<name>", (string name) => $"<a href=\"{UrlFor("profile", ("name", name))}\">");
        app.Get("/f/<name>", (string name) => name);
        app.Get("/g/<name>", (string name) => new { Text = $"Hello {name}" });
        app.Get("/h/<name>", (string name) => new Response($"Hello {name}", contentType: "text/plain"));
        app.Get("/i/<name>", (string name) => { Log($"{name}"); return "ok"; });
        app.Get("/j/<name>", (string name) => ($"{name}", 200, new Dictionary<string, string> { ["Content-Type"] = "text/plain" }));
        app.Get("/k/<name>", (string name, [FromServices] string service) => $"{service} {name.Length}");
        app.Get("/m", (RequestContext context) => $"{context.Request.Method} {context.Request.RemoteAddr}");
        app.Get("/l", () => $"{DateTime.UnixEpoch} {Current.Request.ContentLength} {Environment.MachineName}");
        static void Log(string text) { }
        """);

    [Fact]
    public Task A_test_project_is_not_checked() => Programs.VerifyInTests<HtmlAnalyzer>("""
        app.Get("/a/<name>", (string name) => $"<h1>Hello {name}!</h1>");
        """);

    [Fact]
    public async Task The_message_names_the_value_and_what_to_write() => Assert.Equal(
        "\"name\" comes from the request and is sent as HTML without escaping. Write Html($\"…{name}…\"), which escapes its values.",
        await Programs.MessageOf<HtmlAnalyzer>("app.Get(\"/<name>\", (string name) => $\"Hello {name}\");"));

    [Theory]
    [InlineData("app.Get(\"/<name>\", (string name) => $\"Hello {{|MOD003:name|}}\");", "app.Get(\"/<name>\", (string name) => Html($\"Hello {name}\"));")]
    [InlineData("app.Get(\"/<name>\", name => \"Hello \" + {|MOD003:name|} + \"!\");", "app.Get(\"/<name>\", name => Html($\"Hello {name}!\"));")]
    [InlineData("app.Get(\"/\", A); string A(string q) => $\"{{|MOD003:q|}}\";", "app.Get(\"/\", A); Markup A(string q) => Html($\"{q}\");")]
    public Task The_string_becomes_Html(string code, string corrected) => Programs.Fix<HtmlAnalyzer, HtmlFix>(code, corrected);
}
