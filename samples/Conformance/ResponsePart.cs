using System.Globalization;

namespace Conformance;

static class ResponsePart
{
    internal static void AddTo(ModularApp app)
    {
        app.Route("/resp/str", () => "plain string", endpoint: "resp_str");
        app.Route("/resp/unicode", () => "Grüße, 世界 😀", endpoint: "resp_unicode");
        app.Route("/resp/bytes", byte[] () => [0x00, 0x01, 0xFE, 0xFF, .. "bytes"u8], endpoint: "resp_bytes");
        app.Route("/resp/empty", () => "", endpoint: "resp_empty");
        app.Route("/resp/status", () => ("created", 201), endpoint: "resp_status");
        app.Route("/resp/headers", () => ("with headers", new Dictionary<string, string> { ["X-One"] = "1", ["Content-Type"] = "text/plain" }), endpoint: "resp_headers");
        app.Route("/resp/headers-list", () => ("with list", new[] { ("X-Multi", "a"), ("X-Multi", "b") }), endpoint: "resp_headers_list");
        app.Route("/resp/full", () => ("full tuple", 202, new Dictionary<string, string> { ["X-Two"] = "2" }), endpoint: "resp_full");
        app.Route("/resp/dict", () => new { b = new object?[] { 1, 2.5, null, true }, a = "é<&>", nested = new { k = "v" } }, endpoint: "resp_dict");
        app.Route("/resp/list", () => new object?[] { 1, "two", new { three = 3 }, new object?[] { null, false } }, endpoint: "resp_list");
        app.Route("/resp/dict-status", () => (new { error = "teapot" }, 418), endpoint: "resp_dict_status");
        app.Route("/resp/jsonify", () => Json(new object[] { 1, 2, "x" }), endpoint: "resp_jsonify");
        app.Route("/resp/object", () => Object(203), endpoint: "resp_object");
        app.Route("/resp/object-tuple", () => (Object(200, "text/html; charset=utf-8"), 299, new Dictionary<string, string> { ["X-Obj"] = "override" }), endpoint: "resp_object_tuple");
        app.Route("/resp/content-type", () => new Response("a,b\n", contentType: "text/csv; charset=iso-8859-1"), endpoint: "resp_content_type");
        AddStreams(app);
        app.Route("/resp/none", object? () => null, endpoint: "resp_none");
        app.Route("/resp/badtuple", object () => ("a", 200, new Dictionary<string, string>(), "extra"), endpoint: "resp_badtuple");
        app.Route("/resp/redirect", (Request request) =>
            Redirect(request.Args.Get("to", "/hello"), int.Parse(request.Args.Get("code", "302"), CultureInfo.InvariantCulture)), endpoint: "resp_redirect");
        app.Route("/resp/redirect-endpoint", () => Redirect(UrlFor("user", ("username", "John Doe"), ("next", "/a b"))), endpoint: "resp_redirect_endpoint");
        app.Route("/resp/abort/<int:code>", (int code) => Abort(code), endpoint: "resp_abort");
        app.Route("/resp/abort-response", () => Abort(Plain.Text("aborted with response", 409)), endpoint: "resp_abort_response");
        app.Route("/resp/make", Make, endpoint: "resp_make");
        app.Route("/resp/after-this", AfterThis, endpoint: "resp_after_this");
        app.Route("/resp/nocontent", () => ("", 204), endpoint: "resp_nocontent");
        app.Route("/resp/etag", (HttpContext http) => new Response("etag body").SetETag("abc123").MakeConditional(http), endpoint: "resp_etag");
        app.Route("/resp/escape/<path:v>", (string v) => Html($"Hello, {v}!"), endpoint: "resp_escape");
    }

    static void AddStreams(ModularApp app)
    {
        app.Route("/resp/stream", () => new Response(Chunks(), contentType: "text/plain; charset=utf-8"), endpoint: "resp_stream");
        app.Route("/resp/stream-context", () => new Response(Name(), contentType: "text/plain; charset=utf-8"), endpoint: "resp_stream_context");
        app.Route("/resp/stream-big", () => new Response(Pieces(), contentType: "application/octet-stream"), endpoint: "resp_stream_big");
    }

    static async IAsyncEnumerable<string> Chunks()
    {
        for (var i = 0; i < 5; i++)
        {
            await Task.Yield();
            yield return $"chunk {i}\n";
        }
    }

    static async IAsyncEnumerable<string> Name()
    {
        yield return "name=";
        await Task.Yield();
        yield return Current.Request.Args.Get("name", "?");
        yield return "\n";
    }

    static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        for (var i = 0; i < 256; i++)
        {
            await Task.Yield();
            var piece = new byte[1024];
            piece.AsSpan().Fill((byte)i);
            yield return piece;
        }
    }

    static Response Object(int status, string contentType = "text/plain; charset=utf-8")
    {
        var response = new Response("object", status, contentType);
        response.Headers["X-Obj"] = "yes";
        return response;
    }

    static Response Make()
    {
        var response = MakeResponse(RenderTemplate("hello.html", ("name", "Maker")), 404);
        response.Headers["X-Something"] = "A value";
        return response;
    }

    static string AfterThis()
    {
        AfterThisRequest(response => response.Headers["X-After-This"] = "done");
        return "after this";
    }
}
