
namespace Microblog.Tests;

/// <summary>Checks every page with the Nu HTML checker.</summary>
public sealed class HtmlTests
{
    static readonly string[] ForAnybody =
        ["/everyone", "/people", "/user/ada", "/user/demo/following", "/user/admin/followers", "/post/4", "/login?next=/settings", "/signup", "/nothing/here"];

    static readonly string[] ForAdmins =
        ["/", "/post/new", "/post/1/delete", "/user/admin", "/user/grace", "/settings", "/admin/", "/admin/posts", "/post/2/delete"];

    [NeedsTheory(Tool.Nu)]
    [InlineData("handlebars")]
    [InlineData("jinja")]
    [InlineData("liquid")]
    public async Task The_Nu_checker_finds_nothing_on_any_page(string engine)
    {
        await using var site = await Site.Start(engine);
        using var visitor = new Visitor(site.Url);
        var pages = new List<(string, string)>();

        foreach (var path in ForAnybody) pages.Add((Name("visitor", path), (await visitor.Get(path)).Text));
        pages.Add(("login-problem", (await visitor.Post("/login", ("name", "nobody"), ("password", "wrong"))).Text));
        pages.Add(("signup-problem", (await visitor.Post("/signup", ("name", "a b"), ("display_name", ""), ("password", "short"))).Text));
        await visitor.LogIn("admin", "admin-password");
        foreach (var path in ForAdmins) pages.Add((Name("admin", path), (await visitor.Get(path)).Text));

        Assert.All(pages, page => Assert.Contains("<html", page.Item2, StringComparison.Ordinal));
        var found = await NuChecker.FindAsync(pages);

        Findings.None(found);
    }

    static string Name(string who, string path) => $"{who}{string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}";
}
