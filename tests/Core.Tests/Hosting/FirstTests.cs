namespace Modular.Tests;

public class FirstTests
{
    [Fact]
    public async Task A_view_responds_through_the_test_client()
    {
        var app = new ModularApp();
        app.Route("/", () => "Hello World!");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("200 text/html; charset=utf-8 Hello World!", response.ToString());
    }
}
