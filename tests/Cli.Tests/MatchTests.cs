namespace Modular.Cli.Tests;

/// <summary><c>routes --match /path</c>: which rule matches, and why the others don't.</summary>
public sealed class MatchTests
{
    [Fact]
    public async Task The_matching_rule_is_shown_with_its_values_and_each_other_rule_with_its_reason()
    {
        var shown = await Shop.Make().InvokeAsync("routes", "--match", "/user/7");

        Assert.Equal(0, shown.ExitCode);
        Assert.Equal("""
            GET /user/7
            matches endpoint "user", rule /user/<int:id>
              id = 7 (Int32)

            Why the other rules don't match:
              /static/<path:filename>  has "static" where the path has "user"
              /visits                  has "visits" where the path has "user"
              /                        ends where the path continues with "user"
              /settings                has "settings" where the path has "user"
              /user/<name>             matches too, but "/user/<int:id>" has the more precise variable
              /user/me                 has "me" where the path has "7"
              /orders                  has "orders" where the path has "user"
              /help/                   has "help" where the path has "user"
              /admin/                  has "admin" where the path has "user"

            """, shown.Output);
    }

    [Theory]
    [InlineData("/user/me", "GET", 0, "matches endpoint \"me\", rule /user/me", "matches too, but \"/user/me\" has fixed text where this one has a variable")]
    [InlineData("/user/J%C3%B6rg?x=1", "get", 0, "matches endpoint \"by_name\", rule /user/<name>", "/user/<int:id>           has \"<int:id>\" where the path has \"Jörg\"")]
    [InlineData("/visits", "GET", 0, "matches endpoint \"visits\", rule /visits, plugin Toy.Visits", "/user/me                 has \"user\" where the path has \"visits\"")]
    [InlineData("/admin/", "GET", 0, "matches endpoint \"admin.index\", rule /admin/, blueprint admin", "/user/me                 has \"user\" where the path has \"admin\"")]
    [InlineData("/help", "GET", 0, "is redirected (308) to http://shop.example/help/", "/help/                   would redirect to \"/help/\"")]
    [InlineData("/orders", "GET", 1, "is a 405: the path allows only OPTIONS, POST", "/orders                  matches the path, but allows only OPTIONS, POST")]
    [InlineData("/orders/7", "POST", 1, "is a 404: no rule matches it", "/orders                  ends where the path continues with \"7\"")]
    [InlineData("/user", "GET", 1, "is a 404: no rule matches it", "/user/<name>             continues with \"<name>\" where the path ends")]
    public async Task Each_outcome_has_its_verdict_its_exit_code_and_its_reasons(string path, string method, int code, string verdict, string reason)
    {
        var shown = await Shop.Make().InvokeAsync("routes", "--match", path, "--method", method);

        Assert.Equal((code, verdict), (shown.ExitCode, shown.Output.Split('\n')[1]));
        Assert.Contains(reason, shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_match_can_be_printed_as_JSON()
    {
        var shown = await Shop.Make().InvokeAsync("routes", "--match", "/user/7", "--json");

        Assert.Contains("\"status\": 200,\n  \"endpoint\": \"user\",\n  \"rule\": \"/user/<int:id>\",\n  \"values\": {\n    \"id\": \"7\"\n  }", shown.Output, StringComparison.Ordinal);
    }
}
