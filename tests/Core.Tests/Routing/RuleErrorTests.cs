namespace Modular.Tests.Routing;

public sealed class RuleErrorTests
{
    [Theory]
    [InlineData("hi", "The rule \"hi\" doesn't start with a slash. Write \"/hi\".")]
    [InlineData("/a<", "The rule \"/a<\" has a \"<\" at position 2 that doesn't start a variable. Write <name>, <converter:name> or <converter(arguments):name>.")]
    [InlineData("/<1a>", "The rule \"/<1a>\" has a \"<\" at position 1 that doesn't start a variable. Write <name>, <converter:name> or <converter(arguments):name>.")]
    [InlineData("/<a>/<a>", "The rule \"/<a>/<a>\" has the variable \"a\" twice. Give each variable a name of its own.")]
    [InlineData("/<itn:a>", "The rule \"/<itn:a>\" names the unknown converter \"itn\". Did you mean \"int\"?")]
    [InlineData("/<regex:a>", "The rule \"/<regex:a>\" names the unknown converter \"regex\". Add it first, or use one of any, default, float, int, path, string, uuid.")]
    [InlineData("/<int(max=):a>", "The rule \"/<int(max=):a>\" has an argument that cannot be read at \"max=\". Write arguments as (2, name=1.5, 'a text').")]
    [InlineData("/<int(low=1):a>", "The converter \"int\" of the rule \"/<int(low=1):a>\" does not know the argument \"low\". Write (fixed_digits=…, min=…, max=…, signed=…).")]
    [InlineData("/<path(1):a>", "The converter \"path\" of the rule \"/<path(1):a>\" takes at most 0 arguments, not 1. Write <path:name>.")]
    [InlineData("/<int(1, fixed_digits=2):a>", "The converter \"int\" of the rule \"/<int(1, fixed_digits=2):a>\" gets the argument \"fixed_digits\" twice. Write (fixed_digits=…, min=…, max=…, signed=…).")]
    [InlineData("/<int(max=x):a>", "The converter \"int\" of the rule \"/<int(max=x):a>\" needs a whole number for \"max\", not \"x\". Write (max=3).")]
    [InlineData("/<float(max=x):a>", "The converter \"float\" of the rule \"/<float(max=x):a>\" needs a number for \"max\", not \"x\". Write (max=1.5).")]
    [InlineData("/<int(signed=1):a>", "The converter \"int\" of the rule \"/<int(signed=1):a>\" needs True or False for \"signed\", not \"1\". Write (signed=True).")]
    [InlineData("/<any:a>", "The converter \"any\" of the rule \"/<any:a>\" has nothing to choose from. Write (about, help).")]
    [InlineData("/<any(x=1):a>", "The converter \"any\" of the rule \"/<any(x=1):a>\" does not know the argument \"x\". Write <any(about, help):name>.")]
    [InlineData("/<string(minlength=3, maxlength=2):a>", "The converter \"string\" of the rule \"/<string(minlength=3, maxlength=2):a>\" can never match: its lengths must be at least 1, and minlength not above maxlength. Write (minlength=1, maxlength=20).")]
    public void A_malformed_rule_is_refused_when_it_is_added(string rule, string message)
    {
        var error = Routes.ErrorOf(() => Routes.Of(rule));

        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("/user/{id:int}", "The rule \"/user/{id:int}\" has \"{id:int}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/{id}", "The rule \"/user/{id}\" has \"{id}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/{id:guid}/edit", "The rule \"/user/{id:guid}/edit\" has \"{id:guid}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/{id:min(1)}", "The rule \"/user/{id:min(1)}\" has \"{id:min(1)}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/{id:int:min(1)}", "The rule \"/user/{id:int:min(1)}\" has \"{id:int:min(1)}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/{name:minlength(2)}", "The rule \"/user/{name:minlength(2)}\" has \"{name:minlength(2)}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/{id:int?}", "The rule \"/user/{id:int?}\" has \"{id:int?}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/{id?}", "The rule \"/user/{id?}\" has \"{id?}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/page/{number=1}", "The rule \"/page/{number=1}\" has \"{number=1}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/files/{*rest}", "The rule \"/files/{*rest}\" has \"{*rest}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/files/{**rest}", "The rule \"/files/{**rest}\" has \"{**rest}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/files/{rest:path}", "The rule \"/files/{rest:path}\" has \"{rest:path}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/v{version}/x", "The rule \"/v{version}/x\" has \"{version}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/<int:id>/{name}", "The rule \"/<int:id>/{name}\" has \"{name}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/{id", "The rule \"/user/{id\" has \"{id\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/:id", "The rule \"/user/:id\" has \":id\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/:id/edit", "The rule \"/:id/edit\" has \":id\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/user/:id?", "The rule \"/user/:id?\" has \":id?\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/files/*", "The rule \"/files/*\" has \"*\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    [InlineData("/files/*name", "The rule \"/files/*name\" has \"*name\", which is another framework's variable. Write <name>, <int:name> or <path:name>.")]
    public void A_variable_in_another_frameworks_spelling_is_refused(string rule, string message)
    {
        var error = Routes.ErrorOf(() => Routes.Of(rule));

        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("/time/12:30")]
    [InlineData("/items:batch")]
    [InlineData("/<a>:<b>")]
    [InlineData("/a*b")]
    [InlineData("/{}")]
    public void Colons_stars_and_braces_that_cannot_be_a_variable_are_text(string rule)
    {
        var table = Routes.Of(rule);

        Assert.Equal(rule, table.Rules[0].Text);
    }

    [Fact]
    public void A_blueprints_prefix_in_another_frameworks_spelling_is_refused() => Assert.Equal(
        "The rule \"/user/{id}/posts\" has \"{id}\", which is another framework's variable. Write <name>, <int:name> or <path:name>.",
        Mistake.OfSetUp(app =>
        {
            var blog = new Blueprint("blog", "/user/{id}");
            blog.Route("/posts", () => "");
            app.Register(blog);
        }));

    [Fact]
    public void A_second_rule_for_the_same_requests_is_refused()
    {
        var error = Routes.ErrorOf(() => Routes.Of("/user/<name>", "/user/<id>"));

        Assert.Equal(
            "The rule \"/user/<id>\" of the endpoint \"/user/<id>\" matches the same requests as the rule \"/user/<name>\" of \"/user/<name>\"."
                + " Change its text or its methods.",
            error);
    }

    [Fact]
    public void Two_rules_of_one_text_may_have_different_methods()
    {
        var table = Routes.Of().Get("/a", "GET", "OPTIONS").Get("/a", "POST", "OPTIONS");

        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], table.AllowedMethods("/a"));
    }

    [Fact]
    public void Nothing_can_be_added_once_the_rules_are_frozen()
    {
        var table = Routes.Of("/a");
        table.Freeze();

        var error = Routes.ErrorOf(() => table.Get("/b"));

        Assert.Equal("The rule \"/b\" was added after the first request. Add all rules before the application starts.", error);
    }

    [Fact]
    public void An_alias_needs_a_rule_to_redirect_to()
    {
        var table = Routes.Of();
        table.Add("/old", "index", new() { Alias = true }, "");

        var error = Routes.ErrorOf(table.Freeze);

        Assert.Equal("The rule \"/old\" is an alias, but the endpoint \"index\" has no other rule to redirect to. Add one, or leave Alias out.", error);
    }

    public static TheoryData<RoutingOptions, RuleOptions, string> Contradictions => new()
    {
        { new(), new() { Host = "a.test" }, "The rule \"/a\" is for the host \"a.test\", but host matching is off. Set RoutingOptions.HostMatching." },
        { new(), new() { Subdomain = "api" }, "The rule \"/a\" is for the subdomain \"api\", but subdomain matching is off. Set RoutingOptions.SubdomainMatching." },
        { new() { HostMatching = true }, new(), "The rule \"/a\" has no host, but host matching is on. Set RuleOptions.Host." },
        { new() { HostMatching = true }, new() { Host = "a/b" }, "The rule \"/a\" has a slash in its host or subdomain. Write only names and dots there." },
        { new() { HostMatching = true, SubdomainMatching = true }, new(), "HostMatching and SubdomainMatching are both on. Choose one of them." },
        { new(), new() { WebSocket = true, Methods = ["POST"] }, "The WebSocket rule \"/a\" can't have the method POST. Use only GET, HEAD and OPTIONS." },
        { new(), new() { RedirectTo = "b/<id>" }, "The rule \"/a\" redirects to \"b/<id>\", but has no variable \"id\". Use a variable of the rule's text." },
        { new(), new() { RedirectTo = "b", RedirectToUrl = _ => "c" }, "The rule \"/a\" has both RedirectTo and RedirectToUrl. Set one of them." },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Options_that_can_never_work_are_refused(RoutingOptions routing, RuleOptions options, string message)
    {
        var error = Routes.ErrorOf(() => new RouteTable(routing, new()).Add("/a", "a", options, ""));

        Assert.Equal(message, error);
    }
}
