public class SiteTests
{
    [Fact]
    public async Task A_visitor_logs_in_is_greeted_once_and_remembered()
    {
        await using var client = Site.Create().TestClient(new() { FollowRedirects = true });

        var greeted = await client.PostAsync("/login", new() { Form = [("name", "<Peter>")] });
        var again = await client.GetAsync("/");

        Assert.Equal([new FlashedMessage("message", "Welcome, <Peter>!")], greeted.Captured<FlashedMessage>());
        Assert.Contains("Welcome, &lt;Peter&gt;!", greeted.Text);
        Assert.Contains("<h1>Hello &lt;Peter&gt;!</h1>", again.Text);
        Assert.DoesNotContain("Welcome", again.Text);
    }

    [Fact]
    public async Task A_visitor_who_is_logged_in_can_log_out()
    {
        await using var client = Site.Create().TestClient();
        await client.SessionTransactionAsync(() => Current.Session["user"] = "Peter");

        var response = await client.PostAsync("/logout", new() { KeepContext = true });

        Assert.Equal((302, "/"), (response.Status, response.Location));
        using (response.EnterContext()) Assert.False(Current.Session.ContainsKey("user"));
    }

    [Fact]
    public async Task Without_a_name_nobody_gets_in()
    {
        await using var client = Site.Create().TestClient(new() { FollowRedirects = true });

        var response = await client.PostAsync("/login", new() { Form = [("name", " ")] });

        Assert.Equal("/login", response.Path);
        Assert.Contains("Please enter your name.", response.Text);
    }

    [Fact]
    public async Task What_is_not_there_has_a_page_of_its_own()
    {
        await using var client = Site.Create().TestClient();

        var response = await client.GetAsync("/nowhere");

        Assert.Equal(404, response.Status);
        Assert.Equal("not_found.html", response.Captured<RenderedTemplate>()[0].Name);
    }

    [Fact]
    public async Task The_command_line_shows_the_rules()
    {
        var result = await Site.Create().InvokeAsync("routes");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("/login", result.Output);
    }
}
