namespace Conformance.Tests.Sections;

sealed class HooksSection : ISection
{
    public RawRequest Next(Random random)
    {
        var rule = random.Of("plain", "boom", "handled", "abort", "log", "isolated", "nope", "plain/", "");
        List<(string, string)> pairs = [];
        if (random.Chance(.4)) pairs.Add(("stop", random.Of("1", "2", "raise", "abort", "x")));
        if (random.Chance(.3)) pairs.Add(("replace", random.Of("1", "0")));
        if (random.Chance(.5)) pairs.Add(("token", random.Of("a", "b", "c", "d")));
        if (rule == "isolated" && random.Chance(.8)) pairs.Add(("id", random.Word()));
        if (rule == "isolated" && random.Chance(.2)) pairs.Add(("delay", random.Of("5", "x", "-1", "")));
        return new(random.Chance(.7) ? "GET" : random.Of("POST", "HEAD", "OPTIONS"), $"{random.Of("/hooks/", "/hooks/", "/hooks/", "/hooks/", "/Hooks/", "/hooks%2F")}{rule}?{Draw.Query(pairs)}")
        {
            Headers = random.Chance(.3) ? [("Cookie", $"who={random.Of("me", "\"x y\"", "")}")] : [],
        };
    }
}

sealed class SessionSection : ISection
{
    static readonly string[] Stored =
    [
        "{\"a\":1}", "{\"a\":[1,2,{\"b\":null}]}", "{\"x\":\"ü<&>\"}", "{\" t\":[1]}", "{\"d\":{\" b\":\"x\"}}", "{\"f\":1.5,\"g\":1e100,\"h\":true}", "{}", "{\"_permanent\":true}", "{\"big\":12345678901234567890}",
        "{\"_flashes\":[]}", "{\"e\":{}}", "{\"\":1}", "{\"f\":1.0}", "{\"username\":5}", "{\"count\":5}", "{\"count\":null}", "{\"_permanent\":false}", "{\"x\":\"\\u0000\\ud83d\\ude00\"}", "{\"list\":[\"y\"]}",
        "{\"t\":{\" t\":[1],\"z\":2}}", "{\"a\":{\" di\":1}}", "{\"u\":{\" u\":\"00000000000000000000000000000000\"}}", "[1]", "\"x\"", "5", "{", "{\"m\":{\" m\":\"<b>\"}}", "{\"d\":{\" d\":\"Mon, 01 Jan 2024 00:00:00 GMT\"}}",
        "{\"deep\":[[[[[1]]]]]}", "{\"a\":-0.0,\"b\":1e-7}", "{\"count\":0}",
    ];

    public RawRequest Next(Random random) => Request(random) with { KeepsCookies = true };

    static RawRequest Request(Random random) => random.Next(18) switch
    {
        0 => RawRequest.Get("/session/"),
        1 or 2 or 3 => RawRequest.Form("/session/login", random.Chance(.9) ? Draw.Query([("username", random.Word()), .. random.Chance(.3) ? new[] { ("permanent", random.Of("1", "0")) } : []]) : ""),
        4 => new("GET", "/session/login"),
        5 => RawRequest.Get("/session/logout"),
        6 => RawRequest.Get("/session/clear"),
        7 or 8 => RawRequest.Get("/session/counter"),
        9 => RawRequest.Get("/session/dump"),
        10 or 11 or 12 => RawRequest.Post("/session/set", "application/json", random.Chance(.1) ? $"{{\"long\":\"{new string('x', random.Of(100, 2000))}\"}}" : random.Of<string>(Stored)),
        13 => RawRequest.Get(random.Of("/session/nested", "/session/nested?mark=1")),
        14 => RawRequest.Get(random.Of("/session/untouched", "/session", "/hello", "/nope")),
        15 => RawRequest.Get("/tpl/context"),
        16 => new(random.Of("HEAD", "OPTIONS", "POST"), random.Of("/session/counter", "/session/", "/session/logout", "/session/set")),
        _ => RawRequest.Get(random.Of("/flash/show", "/flash/add?m=hi", "/hooks/isolated?id=1", "/resp/boom", "/session/nested")),
    };
}

sealed class FlashSection : ISection
{
    public RawRequest Next(Random random)
    {
        var messages = Enumerable.Range(0, random.Next(4)).Select(_ => ("m", random.Word()));
        var category = random.Chance(.5) ? new[] { ("c", random.Of("info", "error", "ü", "<x>", "", "message")) } : [];
        var target = random.Next(12) switch
        {
            0 or 1 or 2 or 3 => $"/flash/add?{Draw.Query([.. messages, .. category])}",
            4 => "/flash/show",
            5 or 6 => random.Of("/flash/show-categories", "/flash/show-categories?f=info", "/flash/show-categories?f=info&f=message", "/flash/show-categories?f=", "/flash/show-categories?f=nope"),
            7 => "/flash/twice",
            8 => "/flash/same-request",
            9 => "/flash/redirect",
            10 => random.Of("/flash/page", "/tpl/context", "/tpl/child?item=1"),
            _ => random.Of("/session/dump", "/session/clear", "/session/counter"),
        };
        return RawRequest.Get(target) with { KeepsCookies = true, Method = random.Of("GET", "GET", "GET", "GET", "GET", "GET", "GET", "GET", "GET", "HEAD") };
    }
}
