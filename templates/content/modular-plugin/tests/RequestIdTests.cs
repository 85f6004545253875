namespace Acme.Plugin1.Tests;

public class RequestIdTests
{
    [Fact]
    public async Task Every_request_has_an_id_of_its_own_which_the_answer_carries()
    {
        var app = new ModularApp().UseRequestIds();
        app.Get("/", () => Current.RequestId);
        await using var client = app.TestClient();

        var (first, second) = (await client.GetAsync("/"), await client.GetAsync("/"));

        Assert.NotEqual(first.Text, second.Text);
        Assert.Equal(first.Text, first.Headers["X-Request-ID"]);
    }

    [Fact]
    public async Task An_id_that_the_client_sent_is_kept()
    {
        var app = new ModularApp().UseRequestIds(new() { Header = "X-Id" });
        app.Get("/", () => Current.RequestId);
        await using var client = app.TestClient();

        var response = await client.GetAsync("/", new() { Headers = [("X-Id", "mine")] });

        Assert.Equal(("mine", "mine"), (response.Text, response.Headers["X-Id"].ToString()));
    }

    [Fact]
    public void The_manifest_fits_the_core()
    {
        var app = new ModularApp().UseRequestIds();

        using (app.AppContext()) Assert.Equal("Acme.Plugin1", app.Plugins[0].Manifest.Id);
    }
}
