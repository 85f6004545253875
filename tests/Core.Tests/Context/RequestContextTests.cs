namespace Modular.Tests.Contexts;

public sealed class RequestContextTests
{
    static readonly Slot<string> Owner = new("owner");

    public static TheoryData<string> Members =>
    [
        "App", "Request", "Http", "G", "HasRequest", "Services", "RequestAborted", "Endpoint", "Rule", "ViewArgs", "TryGet", "Set", "AfterThisRequest", "UrlFor",
    ];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_context_whose_state_went_on_to_the_next_request_gives_and_changes_nothing(string member)
    {
        var app = new ModularApp();
        app.Route("/<name>", (string name) => name, endpoint: "page");
        await using var scope = app.RequestContext(new DefaultHttpContext { Request = { Method = "GET", Scheme = "http", Path = "/next" } });
        var state = scope.Context.State();
        // A task that was interrupted between taking the state and looking at it, while its request ended and the next one began.
        var interrupted = new RequestContext(state);
        state.Owner = scope.Context;
        Locals.Context = interrupted;

        var message = Mistake.Of(() => Use(interrupted, member));

        Locals.Context = scope.Context;
        var word = member switch { "UrlFor" => "App", _ => member };
        Assert.Equal($"Current.{word} was read after its request had ended. Read what you need before the task starts, or await it in the view.", message);
        Assert.Null(state.Request);
        Assert.Null(state.Globals);
        Assert.Null(state.Services);
        Assert.Null(state.Scope);
        Assert.Empty(state.AfterThis ?? []);
        Assert.Null(state.Binding);
        Assert.Null(scope.Context.TryGet(Owner));
    }

    static void Use(RequestContext context, string member)
    {
        switch (member)
        {
            case "App": _ = context.App; break;
            case "Request": _ = context.Request; break;
            case "Http": _ = context.Http; break;
            case "G": _ = context.G; break;
            case "HasRequest": _ = context.HasRequest; break;
            case "Services": _ = context.Services; break;
            case "RequestAborted": _ = context.RequestAborted; break;
            case "Endpoint": _ = context.Endpoint; break;
            case "Rule": _ = context.Rule; break;
            case "ViewArgs": _ = context.ViewArgs; break;
            case "TryGet": context.TryGet(Owner); break;
            case "Set": context.Set(Owner, "another"); break;
            case "AfterThisRequest": context.AfterThisRequest(_ => { }); break;
            default: UrlFor("page", ("name", "x")); break;
        }
    }

    // States are recycled with their match, so a request that got no further than its host may not see the rule of the one before.
    [Fact]
    public async Task A_request_that_is_not_matched_has_no_rule_of_another_one()
    {
        var app = new ModularApp(new() { TrustedHosts = ["example.com"] });
        app.Route("/", () => "index", endpoint: "index");
        app.ErrorHandler(400, (RequestContext context, HttpException _) => ($"{context.Rule?.Text ?? "no rule"}", 400));
        await using var client = app.TestClient();

        var matched = await client.GetAsync("/", new() { Headers = [("Host", "example.com")] });
        var foreign = await client.GetAsync("/", new() { Headers = [("Host", "evil.example")] });

        Assert.Equal(("index", "no rule"), (matched.Text, foreign.Text));
    }
}
