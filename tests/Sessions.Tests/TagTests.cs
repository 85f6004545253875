using System.Diagnostics;
using System.Globalization;

namespace Modular.Sessions.Tests;

/// <summary>The application's own types in a session.</summary>
public sealed class TagTests
{
    static readonly SessionTag Tag = new SessionTag<Money>(" money", money => $"{money.Amount} {money.Currency}", value => Money.Parse((string)value!));

    static SessionSerializer Serializer(params SessionTag[] tags) => new(Apps.Key, clock: new ManualClock(), tags: tags);

    [Fact]
    public async Task A_type_of_the_application_comes_back_as_itself()
    {
        var app = Apps.New(new() { SecretKey = Apps.Key, Tags = [Tag] })
            .With("/set", () => Current.Session["prices"] = new List<object?> { new Money(12, "EUR") })
            .With("/typed", () =>
            {
                Current.Session.Set("price", new Money(3, "CHF"));
                return "set";
            })
            .With("/get", () => $"{((List<object?>)Current.Session["prices"]!)[0]}, {Current.Session.Find<Money>("price")}");
        await using var client = app.TestClient();

        await client.GetAsync("/set");
        await client.GetAsync("/typed");

        Assert.Equal("12 EUR, 3 CHF", (await client.GetAsync("/get")).Text);
    }

    [Fact]
    public async Task A_session_on_the_server_keeps_it_too()
    {
        var app = Apps.New(new() { SecretKey = Apps.Key, Tags = [Tag], Store = new() })
            .With("/set", () => Current.Session["price"] = new Money(12, "EUR"))
            .With("/get", () => Current.Session.Find<Money>("price"));
        app.Services.AddDistributedMemoryCache();
        await using var client = app.TestClient();

        await client.GetAsync("/set");

        Assert.Equal("12 EUR", (await client.GetAsync("/get")).Text);
    }

    [Fact]
    public void It_may_hold_others_and_a_dictionary_that_looks_like_it_stays_a_dictionary()
    {
        var pair = new SessionTag<Pair>(" pair", pair => new List<object?> { pair.Left, pair.Right }, value => new((Money)((List<object?>)value!)[0]!, (Money)((List<object?>)value)[1]!));
        var serializer = Serializer(Tag, pair);
        var value = new Dictionary<string, object?> { ["p"] = new Pair(new(1, "EUR"), new(2, "CHF")), ["q"] = new Dictionary<string, object?> { [" money"] = "no money" } };

        var cookie = serializer.Serialize(value);
        var back = (Dictionary<string, object?>)serializer.Deserialize(cookie).Value!;

        Assert.Equal("{\"p\":{\" pair\":[{\" money\":\"1 EUR\"},{\" money\":\"2 CHF\"}]},\"q\":{\" di\":{\" money__\":\"no money\"}}}", Apps.Json(cookie));
        Assert.Equal(value["p"], back["p"]);
        Assert.Equal(value["q"], back["q"]);
    }

    [Fact]
    public async Task A_value_that_its_function_refuses_is_an_empty_session()
    {
        var app = Apps.New(new() { SecretKey = Apps.Key, Tags = [Tag] }).With("/", () => Current.Session.Count);
        await using var client = app.TestClient();
        var plain = Serializer();

        var counts = new List<string>();
        foreach (var wrong in (object?[])["nothing", "1", 12, new List<object?>(), "12345678901234567890 EUR"])
            counts.Add((await client.GetAsync("/", $"session={plain.Serialize(new Dictionary<string, object?> { ["a"] = 1, ["price"] = new Dictionary<string, object?> { [" money"] = wrong } })}")).Text);

        Assert.Equal(["0", "0", "0", "0", "0"], counts);
    }

    [Fact]
    public void A_name_that_could_be_a_key_or_is_in_use_stops_the_start_up()
    {
        Assert.Equal("The session's tag \"money\" isn't a valid name. Write a space followed by ASCII, such as \" money\", so that it differs from the application's keys.", Problem(Named("money")));
        Assert.StartsWith("The session's tag \" \" isn't a valid name.", Problem(Named(" ")), StringComparison.Ordinal);
        Assert.StartsWith("The session's tag \" é\" isn't a valid name.", Problem(Named(" é")), StringComparison.Ordinal);
        Assert.Equal("The session's tag \" di\" is one of Flask's tags. Choose another name.", Problem(Named(" di")));
        Assert.Equal("The session's tag \" money\" is used twice. Give each type a different name.", Problem(Tag, Tag));
        Assert.Equal("The session's tag \" text\" is for String, which JSON already supports. Define a type for values with a special meaning.",
            Problem(new SessionTag<string>(" text", text => text, text => (string)text!)));
        Assert.Null(Problem(Tag, Named(" m2")));
    }

    [NeedsFact(Tool.Flask)]
    public async Task Flask_reads_it_and_its_cookies_are_read()
    {
        const string program = """
            import sys
            from flask import Flask
            from flask.json.tag import JSONTag
            from flask.sessions import SecureCookieSessionInterface
            class Money(str): pass
            class MoneyTag(JSONTag):
                key = ' money'
                check = lambda self, value: isinstance(value, Money)
                to_json = lambda self, value: str(value)
                to_python = lambda self, value: Money(value)
            app = Flask('money')
            app.secret_key = sys.argv[1]
            sessions = SecureCookieSessionInterface()
            sessions.serializer.register(MoneyTag, index=0)
            serializer = sessions.get_signing_serializer(app)
            value = serializer.loads(sys.argv[2])
            print(type(value['price']).__name__, value['price'])
            print(serializer.dumps({'price': Money('7 CHF')}))
            """;
        var ours = new SessionSerializer(Apps.Key, tags: [Tag]);
        var cookie = ours.Serialize(new Dictionary<string, object?> { ["price"] = new Money(12, "EUR") });
        var start = new ProcessStartInfo(Tools.Path(Tool.Flask), ["-c", program, Apps.Key, cookie]) { RedirectStandardOutput = true };
        using var python = Process.Start(start)!;

        var lines = (await python.StandardOutput.ReadToEndAsync()).Split('\n');
        await python.WaitForExitAsync();

        Assert.Equal("Money 12 EUR", lines[0]);
        Assert.Equal(new Money(7, "CHF"), ((Dictionary<string, object?>)ours.Deserialize(lines[1]).Value!)["price"]);
    }

    static SessionTag<Money> Named(string name) => new(name, money => "", _ => new(0, ""));

    static string? Problem(params SessionTag[] tags) => StartUpTests.Problem(new() { SecretKey = Apps.Key, Tags = tags });

    sealed record Pair(Money Left, Money Right);

    sealed record Money(int Amount, string Currency)
    {
        internal static Money Parse(string text) => text.Split(' ') is [var amount, var currency]
            ? new(int.Parse(amount, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), currency)
            : throw new FormatException("No money.");

        public override string ToString() => $"{Amount} {Currency}";
    }
}
