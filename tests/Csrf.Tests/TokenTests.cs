namespace Modular.Csrf.Tests;

public sealed class TokenTests
{
    const string GoBack = "Go back, reload the page and send the form again.";

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("REPORT")]
    public async Task A_request_with_an_unsafe_method_needs_a_token(string method)
    {
        await using var client = Apps.Protected().TestClient();
        var token = await client.TokenAsync();

        var refused = await client.SendAsync(method, "/pay", Apps.With(null));
        var answered = await client.SendAsync(method, "/pay", Apps.With(token));

        Assert.Equal((400, 200, "paid 5"), (refused.Status, answered.Status, answered.Text));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task A_request_with_a_safe_method_needs_none(string method)
    {
        await using var client = Apps.Protected().TestClient();

        var response = await client.SendAsync(method, "/pay");

        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task The_field_of_a_page_is_taken_by_the_view_that_the_form_goes_to()
    {
        await using var client = Apps.Protected().TestClient();

        var page = await client.GetAsync("/form");
        var token = page.Text.Split("value=\"")[1].Split('"')[0];
        var answered = await client.PostAsync("/pay", Apps.With(token));

        Assert.Equal($"<form method=post><input type=\"hidden\" name=\"csrf_token\" value=\"{token}\"></form>", page.Text);
        Assert.Equal("paid 5", answered.Text);
    }

    [Theory]
    [InlineData("X-CSRF-Token")]
    [InlineData("x-csrftoken")]
    [InlineData("X-XSRF-TOKEN")]
    public async Task A_JSON_request_has_the_token_in_a_header(string header)
    {
        var app = Apps.Protected(more: app => app.Post("/api", (Amount amount) => amount, endpoint: "api"));
        await using var client = app.TestClient();
        var token = await client.TokenAsync();

        var refused = await client.PostAsync("/api", TestRequest.WithJson(new Amount(5)));
        var answered = await client.PostAsync("/api", TestRequest.WithJson(new Amount(5)) with { Headers = [(header, token)] });

        Assert.Equal((400, """{"value":5}"""), (refused.Status, answered.Text.TrimEnd()));
    }

    sealed record Amount(int Value);

    [Fact]
    public async Task Names_of_the_field_and_the_header_are_options()
    {
        await using var client = Apps.Protected(new() { FieldName = "_token", HeaderNames = ["X-Own"] }).TestClient();
        var token = await client.TokenAsync();

        var page = await client.GetAsync("/form");
        var byField = await client.PostAsync("/pay", Apps.Form(("_token", token)));
        var byHeader = await client.PostAsync("/pay", new() { Headers = [("X-Own", token)] });
        var byUsual = await client.PostAsync("/pay", Apps.With(token) with { Headers = [("X-CSRF-Token", token)] });

        Assert.Contains("name=\"_token\"", page.Text, StringComparison.Ordinal);
        Assert.Equal((200, 200, 400), (byField.Status, byHeader.Status, byUsual.Status));
    }

    [Fact]
    public async Task A_token_in_the_query_is_not_taken_because_addresses_are_logged()
    {
        await using var client = Apps.Protected().TestClient();
        var token = await client.TokenAsync();

        var refused = await client.PostAsync($"/pay?csrf_token={token}", Apps.With(null));

        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task Each_token_of_a_session_is_different_and_all_are_valid()
    {
        await using var client = Apps.Protected().TestClient();

        var (one, two) = (await client.TokenAsync(), await client.TokenAsync());

        Assert.Equal(one.Length, two.Length);
        // Nothing of one is at the same place of the other, but the high bytes of the time.
        Assert.NotEqual(one[..20], two[..20]);
        Assert.NotEqual(one[^40..], two[^40..]);
        foreach (var token in new[] { one, two, one }) Assert.Equal(200, (await client.PostAsync("/pay", Apps.With(token))).Status);
    }

    [Fact]
    public async Task A_token_of_another_visitor_is_invalid()
    {
        var app = Apps.Protected();
        await using var mine = app.TestClient();
        await using var other = app.TestClient();
        await mine.TokenAsync();
        var token = await other.TokenAsync();

        var refused = await mine.PostAsync("/pay", Apps.With(token));

        Assert.Equal(400, refused.Status);
        Assert.Contains($"The CSRF token is invalid. {GoBack}", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_changed_anywhere_is_invalid()
    {
        await using var client = Apps.Protected().TestClient();
        var token = await client.TokenAsync();
        string[] wrong = ["x", token[..^1], token + "A", $" {token}", new('A', token.Length), new('é', token.Length), new('=', token.Length),
            .. Enumerable.Range(0, token.Length).Select(at => $"{token[..at]}{(token[at] == 'A' ? 'Q' : 'A')}{token[(at + 1)..]}")];

        foreach (var text in wrong)
        {
            var refused = await client.PostAsync("/pay", Apps.With(text));
            Assert.True(refused.Status == 400 && refused.Text.Contains("is invalid", StringComparison.Ordinal), $"{text}: {refused.Text}");
        }
    }

    [Fact]
    public async Task A_request_without_a_token_gets_a_page_that_says_what_to_do()
    {
        await using var client = Apps.Protected().TestClient();

        var refused = await client.PostAsync("/pay", Apps.With(null));
        var empty = await client.PostAsync("/pay", Apps.With(""));

        Assert.Equal(400, refused.Status);
        Assert.Contains($"<h1>Bad Request</h1>\n<p>The CSRF token is missing. {GoBack}</p>", refused.Text, StringComparison.Ordinal);
        Assert.Equal(refused.Text, empty.Text);
    }

    [Fact]
    public async Task A_visitor_whose_session_has_ended_gets_a_page_that_says_so()
    {
        await using var client = Apps.Protected().TestClient();
        var token = await client.TokenAsync();
        client.Cookies.Clear();

        var refused = await client.PostAsync("/pay", Apps.With(token));

        Assert.Equal(400, refused.Status);
        Assert.Contains("because the session has ended or the browser sent no cookie for it. " +
            $"Allow cookies, go back, reload the page and send the form again.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_lives_as_long_as_the_session_unless_it_has_a_lifetime()
    {
        var clock = new TestClock();
        var (app, shortly) = (Apps.Protected(), Apps.Protected(new() { Lifetime = TimeSpan.FromMinutes(10) }));
        app.Services.AddSingleton<TimeProvider>(clock);
        shortly.Services.AddSingleton<TimeProvider>(clock);
        await using var client = app.TestClient();
        await using var other = shortly.TestClient();
        var (first, second) = (await client.TokenAsync(), await other.TokenAsync());

        clock.Advance(TimeSpan.FromMinutes(10));
        var onTime = await other.PostAsync("/pay", Apps.With(second));
        clock.Advance(TimeSpan.FromSeconds(1));
        var late = await other.PostAsync("/pay", Apps.With(second));
        clock.Advance(TimeSpan.FromDays(20));
        var muchLater = await client.PostAsync("/pay", Apps.With(first));

        Assert.Equal((200, 400, 200), (onTime.Status, late.Status, muchLater.Status));
        Assert.Contains($"The CSRF token has expired. {GoBack}", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotating_makes_the_tokens_of_the_time_before_invalid()
    {
        var app = Apps.Protected(more: app => app.Post("/login", () =>
        {
            RotateCsrfToken();
            return CsrfToken();
        }, endpoint: "login"));
        await using var client = app.TestClient();
        var old = await client.TokenAsync();

        var fresh = (await client.PostAsync("/login", Apps.With(old))).Text;
        var refused = await client.PostAsync("/pay", Apps.With(old));
        var answered = await client.PostAsync("/pay", Apps.With(fresh));

        Assert.Equal((400, 200), (refused.Status, answered.Status));
    }

    [Fact]
    public async Task A_session_with_a_new_id_has_new_tokens()
    {
        var app = Apps.Protected(more: app => app.Post("/login", () =>
        {
            Current.Session.Regenerate();
            return CsrfToken();
        }, endpoint: "login"));
        await using var client = app.TestClient();
        var old = await client.TokenAsync();

        var fresh = (await client.PostAsync("/login", Apps.With(old))).Text;

        Assert.Equal((400, 200), ((await client.PostAsync("/pay", Apps.With(old))).Status, (await client.PostAsync("/pay", Apps.With(fresh))).Status));
    }

    [Theory]
    [InlineData("Bearer abc", null, 200)]
    [InlineData("bearer abc", "same-origin", 200)]
    [InlineData("Bearer abc", "cross-site", 400)]
    [InlineData("Basic YTpi", null, 400)]
    [InlineData("Negotiate abc", "same-origin", 400)]
    public async Task A_request_with_a_bearer_token_needs_no_other_token_because_browsers_never_add_one(string authorization, string? site, int status)
    {
        await using var client = Apps.Protected().TestClient();

        var response = await client.PostAsync("/pay", new()
        {
            Headers = site is null ? [("Authorization", authorization)] : [("Authorization", authorization), ("Sec-Fetch-Site", site)],
        });

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task The_session_is_touched_only_when_a_token_is_made_or_checked()
    {
        await using var client = Apps.Protected().TestClient();

        var untouched = await client.GetAsync("/plain");
        var missing = await client.PostAsync("/pay", Apps.With(null));
        var form = await client.GetAsync("/form");
        var again = await client.GetAsync("/form");

        Assert.Equal(("", ""), (untouched.Headers.Vary.ToString(), missing.Headers.Vary.ToString()));
        Assert.Equal("Cookie", form.Headers.Vary.ToString());
        Assert.Single(form.Headers.SetCookie);
        Assert.Equal(0, again.Headers.SetCookie.Count);
    }

    [Fact]
    public async Task A_token_survives_a_new_instance_with_the_same_key()
    {
        await using var client = Apps.Protected().TestClient();
        await using var other = Apps.Protected().TestClient();
        var token = await client.TokenAsync();
        other.Cookies.Set("session", client.Cookies.Find("session")!.Value);

        var answered = await other.PostAsync("/pay", Apps.With(token));

        Assert.Equal(200, answered.Status);
    }

    [Fact]
    public async Task A_switched_off_protection_checks_nothing_and_still_gives_tokens()
    {
        await using var client = Apps.Protected(new() { Enabled = false }).TestClient();

        var answered = await client.PostAsync("/pay", Apps.With(null));
        var page = await client.GetAsync("/form");

        Assert.Equal("paid 5", answered.Text);
        Assert.Contains("name=\"csrf_token\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_plugin_its_functions_say_what_to_write()
    {
        var app = new ModularApp();
        using var scope = app.TestRequestContext("/");

        var error = Assert.Throws<ModularException>(() => CsrfToken());

        Assert.Equal("Slot CSRF protection (CsrfProtection) was read, but Modular.Csrf is not installed. Write app.UseCsrf() before app.Run() and before the first request.", error.Message);
    }
}
