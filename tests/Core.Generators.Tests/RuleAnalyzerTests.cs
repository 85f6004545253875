namespace Modular.Generators.Tests;

public sealed class RuleAnalyzerTests
{
    public static TheoryData<string> Wrong =>
    [
        "hi", "", "user/<name>", "/a/<", "/a/<int:>", "/<a>/<a>", "/{id}", "/{id:int}", "/a/{*rest}", "/:id", "/a/*", "/<1a>", "/a<b",
        "/<int(min=a):x>", "/<int(minimum=1):x>", "/<int(1, 2, 3, 4, 5):x>", "/<string(length=0):x>", "/<string(minlength=5, maxlength=2):x>", "/<any():x>",
        "/<any:x>", "/<any(a=b):x>", "/<path(1):x>", "/<uuid(1):x>", "/<float(min=one):x>", "/<int(min=1, min=2):x>", "/<int(signed=2):x>", "/<int(@):x>",
        "/<float(1, 2, 3, 4):x>", "/<default(length=1.5):x>", "/<int(min=1,5):x>",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_rule_has_the_message_of_the_core(string rule)
    {
        var thrown = Assert.Throws<ModularException>(() => new ModularApp().Route(rule, () => ""));

        var message = await Programs.MessageOf<RuleAnalyzer>($"app.Route(\"{rule}\", () => \"\");");

        Assert.Equal(thrown.Message, message);
    }

    [Theory]
    [InlineData("itn")]
    [InlineData("slug")]
    public async Task An_unknown_converter_has_the_message_of_the_core(string converter)
    {
        var thrown = Assert.Throws<ModularException>(() => new ModularApp().Route($"/<{converter}:x>", () => ""));

        var message = await Programs.MessageOf<RuleAnalyzer>($"app.Route(\"/<{converter}:x>\", () => \"\");");

        Assert.Equal(thrown.Message, message);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/user/<name>")]
    [InlineData("/<int(min=1, max=5):page>/")]
    [InlineData("/<any(about, 'foo,bar'):name>")]
    [InlineData("/<string(length=2):lang>/<path:rest>/edit")]
    [InlineData("/<uuid:id>.<float(signed=True):x>")]
    [InlineData("/a}b")]
    public Task A_rule_that_the_core_accepts_is_accepted(string rule) => Programs.Verify<RuleAnalyzer>($"app.Route(\"{rule}\", () => \"\");");

    [Fact]
    public Task Each_word_that_binds_a_rule_is_checked() => Programs.Verify<RuleAnalyzer>("""
        app.Get({|MOD001:"a"|}, () => "");
        app.Post({|MOD001:"b"|}, () => "");
        app.Put({|MOD001:"c"|}, () => "");
        app.Patch({|MOD001:"d"|}, () => "");
        app.Delete({|MOD001:"e"|}, (int x) => "");
        app.WebSocket({|MOD001:"f"|}, socket => Task.CompletedTask);
        app.Route<Page>({|MOD001:"g"|});
        app.Route(view: () => "", rule: {|MOD001:"h"|});
        const string Rule = "i";
        app.Route({|MOD001:Rule|}, () => "");
        sealed class Page : MethodView { public string Get() => ""; }
        """);

    [Fact]
    public Task A_rule_of_a_blueprint_needs_no_slash_because_the_prefix_has_it() => Programs.Verify<RuleAnalyzer>("""
        var blog = new Blueprint("blog", "/blog");
        blog.Get("", () => "");
        blog.Get("new", () => "");
        blog.Get({|MOD001:"/<a>/<a>"|}, () => "");
        app.Register(blog);
        """);

    [Fact]
    public Task A_converter_of_the_application_is_known() => Programs.Verify<RuleAnalyzer>("""
        app.Converter("list", _ => throw new NotSupportedException());
        app.Get("/<list:names>", () => "");
        """);

    [Fact]
    public Task A_rule_or_converter_that_is_known_only_at_run_time_is_left_alone() => Programs.Verify<RuleAnalyzer>("""
        var rule = Console.ReadLine()!;
        app.Converter(rule, _ => throw new NotSupportedException());
        app.Get(rule, () => "");
        app.Get("/<list:names>", () => "");
        """);

    [Fact]
    public Task Methods_of_other_types_are_left_alone() => Programs.Verify<RuleAnalyzer>("""
        new Client().Get("hi", () => "");
        sealed class Client { public void Get(string rule, Func<string> view) { } }
        """);

    [Theory]
    [InlineData("hi", "/hi")]
    [InlineData("/user/{id}", "/user/<id>")]
    [InlineData("/user/{id:int}", "/user/<int:id>")]
    [InlineData("files/{*rest}", "/files/<path:rest>")]
    [InlineData("/user/:name", "/user/<name>")]
    [InlineData("/<itn:id>", "/<int:id>")]
    public Task The_rule_is_written_right(string rule, string corrected) => Programs.Fix<RuleAnalyzer, ReplaceFix>(
        $"app.Get({{|MOD001:\"{rule}\"|}}, () => \"\");", $"app.Get(\"{corrected}\", () => \"\");");
}
