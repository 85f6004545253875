namespace Modular.Tests.Http;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("/element")]
    [InlineData("/typed")]
    [InlineData("/bound")]
    public async Task Json_that_is_not_utf_8_is_an_immediate_400(string path)
    {
        var app = new ModularApp();
        app.Post("/element", () => Current.Request.Json.GetProperty("name").GetString()!);
        app.Post("/typed", () => Current.Request.GetJson<Named>()!.Name);
        app.Post("/bound", (Named named) => named.Name);
        await using var client = app.TestClient();

        var response = await client.PostAsync(path, new() { Body = "{\"name\":\"\u00FF\"}"u8.ToArray().Where(octet => octet != 0xC3).ToArray(), ContentType = "application/json" });

        Assert.Equal(400, response.Status);
    }

    sealed record Named(string Name);
}
