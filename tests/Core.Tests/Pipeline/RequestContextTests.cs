namespace Modular.Tests.Contexts;

public sealed class RequestContextTests
{
    static readonly Slot<string> Owner = new("owner");

    public static TheoryData<string> Members =>
    [
        "App", "Request", "Http", "G", "HasRequest", "Services", "RequestAborted", "Endpoint", "Rule", "ViewArgs", "IsSaved", "Notify", "Slots", "Enter", "Get", "Find", "Set",
        "AfterThisRequest",
    ];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_context_that_was_kept_cannot_be_read_or_changed_after_its_request(string member)
    {
        var app = new ModularApp();
        RequestContext? kept = null;
        app.Route("/<name>", (string name) =>
        {
            kept = Current.Context;
            return name;
        }, endpoint: "page");
        await using var client = app.TestClient();
        await client.GetAsync("/peter");

        var message = Mistake.Of(() => Use(kept!, member));

        var word = member switch { "Get" => "Find", _ => member };
        Assert.Equal($"Current.{word} was read after its request had ended. Read what you need before the task starts, or await it in the view.", message);
        Assert.True(kept!.HasEnded);
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
            case "IsSaved": _ = context.IsSaved; break;
            case "Notify": context.Notify(""); break;
            case "Slots": _ = context.Slots; break;
            case "Enter": context.Enter(); break;
            case "Get": context.Get(Owner); break;
            case "Find": context.Find(Owner); break;
            case "Set": context.Set(Owner, "another"); break;
            default: context.AfterThisRequest(_ => default); break;
        }
    }

    [Fact]
    public async Task An_unmatched_request_does_not_have_another_requests_rule()
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
