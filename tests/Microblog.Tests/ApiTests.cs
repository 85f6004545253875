namespace Microblog.Tests;

public sealed class ApiTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    readonly Site _site = fixture.Site;

    [Fact]
    public async Task A_script_gets_a_token_writes_reads_lists_follows_and_deletes()
    {
        using var script = new Visitor(_site.Url);
        await new Visitor(_site.Url).SignUp("robot");
        var token = (await script.Api("POST", "/api/token", new { name = "robot", password = Visitor.Password })).Json.GetProperty("token").GetString();

        var made = await script.Api("POST", "/api/posts", new { text = "beep <boop>" }, token);
        var read = await script.Api("GET", made.Location!);
        var list = await script.Api("GET", "/api/users/robot/posts");
        var followed = await script.Api("PUT", "/api/users/linus/follow", token: token);
        var timeline = await script.Api("GET", "/api/timeline", token: token);
        var user = await script.Api("GET", "/api/users/ROBOT");
        var unfollowed = await script.Api("DELETE", "/api/users/linus/follow", token: token);
        var deleted = await script.Api("DELETE", made.Location!, token: token);

        Assert.Equal((201, "beep <boop>", "robot"), (made.Status, read.Json.GetProperty("text").GetString(), read.Json.GetProperty("author").GetString()));
        Assert.Equal(made.Text, read.Text);
        Assert.Equal("beep <boop>", Assert.Single(list.Json.GetProperty("posts").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal(["robot", "linus", "linus"], timeline.Json.GetProperty("posts").EnumerateArray().Select(post => post.GetProperty("author").GetString()));
        Assert.Equal((1, 1), (user.Json.GetProperty("counts").GetProperty("posts").GetInt32(), user.Json.GetProperty("counts").GetProperty("following").GetInt32()));
        Assert.Equal((204, 204, 204, 404), (followed.Status, unfollowed.Status, deleted.Status, (await script.Api("GET", made.Location!)).Status));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_by_the_next_pages_address()
    {
        using var script = new Visitor(_site.Url);
        await script.SignUp("writer");
        for (var i = 0; i < 41; i++) Assert.Equal(201, (await script.Api("POST", "/api/posts", new { text = $"{i}" })).Status);

        var (texts, parts) = (new List<string?>(), 0);
        for (var next = "/api/users/writer/posts"; next is not null; parts++)
        {
            var part = (await script.Api("GET", next)).Json;
            texts.AddRange(part.GetProperty("posts").EnumerateArray().Select(post => post.GetProperty("text").GetString()));
            next = part.GetProperty("next").GetString();
        }

        Assert.Equal(3, parts);
        Assert.Equal(Enumerable.Range(0, 41).Reverse().Select(i => $"{i}"), texts);
    }

    [Fact]
    public async Task A_post_of_a_page_and_its_picture_are_in_the_API_too()
    {
        using var visitor = new Visitor(_site.Url);
        await visitor.SignUp("painter");
        await visitor.Publish("look", PictureFiles.Png, "a dawn");

        var post = (await visitor.Api("GET", "/api/users/painter/posts")).Json.GetProperty("posts")[0];
        var picture = await visitor.Get(post.GetProperty("picture").GetString()!);

        Assert.Equal(("look", "a dawn"), (post.GetProperty("text").GetString(), post.GetProperty("alt").GetString()));
        Assert.Equal(PictureFiles.Png, picture.Body);
    }

    public static TheoryData<string, string, string?, string?, int> Refused => new()
    {
        { "GET", "/api/nothing", null, null, 404 },
        { "GET", "/api/posts/99999", null, null, 404 },
        { "GET", "/api/users/nobody", null, null, 404 },
        { "PUT", "/api/posts", null, null, 405 },
        { "GET", "/api/timeline", null, null, 401 },
        { "GET", "/api/timeline", null, "mb_forged", 401 },
        { "POST", "/api/posts", "{\"text\": \"x\"}", null, 401 },
        { "POST", "/api/posts", "{\"text\": ", "session", 400 },
        { "POST", "/api/posts", "[]", "session", 400 },
        { "POST", "/api/posts", "{\"text\": 5}", "session", 400 },
        { "POST", "/api/posts", "null", "session", 400 },
        { "POST", "/api/posts", "{}", "session", 422 },
        { "POST", "/api/posts", "{\"text\": \"  \"}", "session", 422 },
        { "POST", "/api/posts", $"{{\"text\": \"{new string('x', 501)}\"}}", "session", 422 },
        { "POST", "/api/posts", $"{{\"text\": \"{new string('x', 30_000)}\"}}", "session", 413 },
        { "DELETE", "/api/posts/1", null, "session", 403 },
        { "PUT", "/api/users/x_api/follow", null, "session", 409 },
        { "POST", "/api/token", "{\"name\": \"x_api\"}", null, 422 },
        { "POST", "/api/token", "{\"name\": \"x_api\", \"password\": \"wrong\"}", null, 401 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_refusal_is_problem_json_and_changes_nothing(string method, string path, string? body, string? credentials, int status)
    {
        using var visitor = new Visitor(_site.Url);
        if ((await visitor.SignUp("x_api")).Status == 409) await visitor.LogIn("x_api");
        if (credentials != "session") await visitor.Post("/logout");
        var before = _site.Contents();

        var reply = await visitor.Api(method, path, body, credentials == "session" ? null : credentials);

        Assert.Equal((status, "application/problem+json", before), (reply.Status, reply.Type, _site.Contents()));
        Assert.Equal(status, reply.Json.GetProperty("status").GetInt32());
        Assert.Equal(status == 401, reply.Headers.WwwAuthenticate.Count == 1);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_use_a_visitors_session_here_either()
    {
        using var visitor = new Visitor(_site.Url);
        await visitor.SignUp("victim");

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_site.Url, "/api/posts")) { Content = new StringContent("{\"text\": \"forged\"}", null, "application/json"), Headers = { { "Sec-Fetch-Site", "cross-site" }, { "X-CSRF-Token", await visitor.Token() } } };
        var reply = await visitor.Send(request);

        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.Type));
    }

    [Fact]
    public async Task A_browser_session_needs_the_token_of_a_form_and_a_program_does_not()
    {
        using var visitor = new Visitor(_site.Url);
        await visitor.SignUp("browser");
        var token = (await visitor.Api("POST", "/api/token", new { name = "browser", password = Visitor.Password })).Json.GetProperty("token").GetString()!;
        HttpRequestMessage Request(params (string Name, string Value)[] headers)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_site.Url, "/api/posts")) { Content = new StringContent("{\"text\": \"hello\"}", null, "application/json") };
            foreach (var (name, value) in headers) request.Headers.Add(name, value);
            return request;
        }

        var replies = new[] { await visitor.Send(Request()), await visitor.Send(Request(("X-CSRF-Token", "guessed"))), await visitor.Send(Request(("X-CSRF-Token", await visitor.Token()))), await visitor.Send(Request(("Authorization", $"Bearer {token}"))) };

        Assert.Equal([400, 400, 201, 201], replies.Select(reply => reply.Status));
        Assert.Equal("application/problem+json", replies[0].Type);
    }
}
