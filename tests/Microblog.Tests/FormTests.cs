namespace Microblog.Tests;

/// <summary>Invalid forms: each is refused with a 4xx, and the database and the disk don't change.</summary>
public sealed class FormTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    readonly Site _site = fixture.Site;

    static string Long(int length) => new('x', length);

    public static TheoryData<string, int, string, string> Refused => new()
    {
        { "/signup", 400, "", "" },
        { "/signup", 400, "name=x_new&display_name=", "a field that is missing" },
        { "/signup", 422, "name=x&display_name=&password=a+long+enough+password", "A name has 2 to 30 characters." },
        { "/signup", 422, $"name={Long(31)}&display_name=&password=a+long+enough+password", "A name has 2 to 30 characters." },
        { "/signup", 422, "name=%3Cscript%3E&display_name=&password=a+long+enough+password", "A name can contain the letters a to z, digits and underscores." },
        { "/signup", 422, "name=..%2F..%2Fadmin&display_name=&password=a+long+enough+password", "A name can contain the letters a to z, digits and underscores." },
        { "/signup", 422, "name=x_new&display_name=%E2%80%8B&password=a+long+enough+password", "Please write a name with visible characters." },
        { "/signup", 422, $"name=x_new&display_name={Long(51)}&password=a+long+enough+password", "Please use 50 characters at most; these are 51." },
        { "/signup", 422, "name=x_new&display_name=&password=short", "A password has at least 10 characters." },
        { "/signup", 422, $"name=x_new&display_name=&password={Long(201)}", "A password has at most 200 characters." },
        { "/signup", 422, "name=x_new&display_name=&password=1x_new1234567", "A password must not contain the name." },
        { "/signup", 409, "name=DEMO&display_name=&password=a+long+enough+password", "The name DEMO is taken." },
        { "/login", 400, "name=demo", "" },
        { "/login", 422, "name=demo&password=%27+OR+1%3D1+--", "Name or password is wrong." },
        { "/login", 422, "name=%27%3B+DROP+TABLE+users%3B+--&password=x", "Name or password is wrong." },
        { "/login", 422, "name=no%00body&password=x", "Name or password is wrong." },
        { "/post/new", 400, "", "" },
        { "/post/new", 422, "text=", "Write something, or choose a picture." },
        { "/post/new", 422, "text=+%0D%0A%00%1B+", "Write something, or choose a picture." },
        { "/post/new", 422, $"text={Long(501)}", "A post has at most 500 characters; these are 501." },
        { "/post/new", 413, $"text={Long(200_000)}", "Request Entity Too Large" },
        { "/settings/profile", 400, "display_name=x", "" },
        { "/settings/profile", 422, "display_name=&bio=", "Please write a name with visible characters." },
        { "/settings/profile", 422, $"display_name=x&bio={Long(201)}", "Please use 200 characters at most; these are 201." },
        { "/settings/password", 422, "old_password=wrong&password=a+long+enough+password+too", "This is not your password." },
        { "/settings/password", 422, "old_password=a+long+enough+password&password=short", "A password has at least 10 characters." },
        { "/user/nobody/follow", 404, "", "There is no user nobody." },
        { "/user/x_user/follow", 409, "", "follow yourself." },
        { "/post/1/delete", 403, "", "This post belongs to another user." },
        { "/post/99999/delete", 404, "", "This post doesn" },
        { "/post/99999999999999999999/delete", 404, "", "Not Found" },
        { "/post/-1/delete", 404, "", "Not Found" },
        { "/admin/user/demo/lock", 403, "", "Only admins can open this page." },
        { "/admin/post/1/delete", 403, "", "Only admins can open this page." },
        { "/everyone", 405, "", "Method Not Allowed" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_invalid_form_is_refused_in_the_sites_layout_and_changes_nothing(string path, int status, string form, string said)
    {
        using var visitor = new Visitor(_site.Url);
        if ((await visitor.SignUp("x_user")).Status == 409) await visitor.LogIn("x_user");
        var before = _site.Contents();

        var reply = await visitor.Send(new(HttpMethod.Post, new Uri(_site.Url, path)) { Content = new StringContent(form, null, "application/x-www-form-urlencoded"), Headers = { { "X-CSRF-Token", await visitor.Token() } } });

        Assert.Equal((status, before), (reply.Status, _site.Contents()));
        Assert.Contains("<main id=\"content\"", reply.Text, StringComparison.Ordinal);
        if (said.Length > 0 && status != 400) Assert.Contains(said, reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refused_form_contains_the_typed_values()
    {
        using var visitor = new Visitor(_site.Url);
        await visitor.SignUp("x_typed");

        var post = await visitor.Publish("a text that must not be lost", PictureFiles.Png, alt: "");
        var picture = await visitor.Publish("nor this one", PictureFiles.Html, alt: "\"quoted\" & <marked>");

        Assert.Contains(">\na text that must not be lost</textarea>", post.Text, StringComparison.Ordinal);
        Assert.Contains("Describe the picture", post.Text, StringComparison.Ordinal);
        Assert.Contains(">\nnor this one</textarea>", picture.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"&#34;quoted&#34; &amp; &lt;marked&gt;\"", picture.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html", "picture.png", 415)]
    [InlineData("svg", "picture.png", 415)]
    [InlineData("html", "../../evil.html", 415)]
    [InlineData("large", "picture.png", 413)]
    public async Task A_file_that_is_not_a_picture_or_is_too_large_is_refused_whatever_its_name(string content, string fileName, int status)
    {
        using var visitor = new Visitor(_site.Url);
        if ((await visitor.SignUp("x_files")).Status == 409) await visitor.LogIn("x_files");
        var before = _site.Contents();

        var file = content switch { "html" => PictureFiles.Html, "svg" => PictureFiles.Svg, _ => [.. PictureFiles.Png, .. new byte[5_000_001]] };
        var reply = await visitor.Publish("a text", file, "a picture", fileName);

        Assert.Equal((status, before), (reply.Status, _site.Contents()));
    }

    [Fact]
    public async Task A_picture_that_is_also_a_page_is_served_only_as_a_picture()
    {
        using var visitor = new Visitor(_site.Url);
        await visitor.SignUp("x_both");

        var published = await visitor.Publish("both", [.. PictureFiles.Png, .. PictureFiles.Html], "a picture", "page.html");
        var post = await visitor.Get(published.Location!);
        var picture = await visitor.Get(post.Text.Split("class=\"picture\" src=\"")[1].Split('"')[0]);

        Assert.Equal((200, "image/png", "nosniff"), (picture.Status, picture.Type, picture.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.StartsWith("default-src 'none'", picture.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(picture.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/pictures/../secret.key")]
    [InlineData("/pictures/..%2Fsecret.key")]
    [InlineData("/pictures/..%252Fsecret.key")]
    [InlineData("/static/..%2F..%2Fdata%2Fmicroblog.db")]
    [InlineData("/pictures/microblog.db")]
    public async Task Only_pictures_are_served_from_the_data_folder(string path)
    {
        using var visitor = new Visitor(_site.Url);

        var reply = await visitor.Get(path);

        Assert.Equal(404, reply.Status);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task A_form_that_another_site_sends_is_refused(string header, string value)
    {
        using var visitor = new Visitor(_site.Url);
        if ((await visitor.SignUp("x_forged")).Status == 409) await visitor.LogIn("x_forged");
        var before = _site.Contents();

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_site.Url, "/post/new")) { Content = new FormUrlEncodedContent([KeyValuePair.Create("text", "forged")]), Headers = { { header, value }, { "X-CSRF-Token", await visitor.Token() } } };
        var reply = await visitor.Send(request);

        Assert.Equal((400, before), (reply.Status, _site.Contents()));
        Assert.Contains("A page of another site sent this request.", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/post/new", "", "The CSRF token is missing.")]
    [InlineData("/post/new", "&csrf_token=guessed", "The CSRF token is invalid.")]
    [InlineData("/settings/profile", "", "The CSRF token is missing.")]
    [InlineData("/logout", "", "The CSRF token is missing.")]
    public async Task A_form_without_its_token_is_refused_in_the_sites_layout(string path, string token, string said)
    {
        using var visitor = new Visitor(_site.Url);
        if ((await visitor.SignUp("x_token")).Status == 409) await visitor.LogIn("x_token");
        await visitor.Token();
        var before = _site.Contents();

        var reply = await visitor.Send(new(HttpMethod.Post, new Uri(_site.Url, path)) { Content = new StringContent($"text=forged&display_name=forged&bio=forged{token}", null, "application/x-www-form-urlencoded") });

        Assert.Equal((400, before), (reply.Status, _site.Contents()));
        Assert.Contains("<main id=\"content\"", reply.Text, StringComparison.Ordinal);
        Assert.Contains(said, reply.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", reply.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await visitor.Get("/settings")).Status);
    }

    [Theory]
    [InlineData("handlebars")]
    [InlineData("jinja")]
    [InlineData("liquid")]
    public void Each_form_of_each_engine_has_a_token(string engine)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "templates", engine);

        var forms = Directory.GetFiles(folder).SelectMany(file => File.ReadAllText(file).Split("<form ").Skip(1).Select(form => form.Split("</form>")[0])).ToList();

        Assert.Equal(15, forms.Count);
        Assert.All(forms, form => Assert.Contains(engine == "handlebars" ? "{{csrf_field}}" : "{{ csrf_field() }}", form, StringComparison.Ordinal));
    }
}
