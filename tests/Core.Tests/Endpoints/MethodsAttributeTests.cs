namespace Modular.Tests.Endpoints;

public sealed class MethodsAttributeTests
{
    [Theory]
    [InlineData("POST", "/own", "200 POST")]
    [InlineData("GET", "/own", "405 OPTIONS, POST, PUT")]
    [InlineData("GET", "/rule", "200 GET")]
    [InlineData("POST", "/rule", "405 GET, HEAD, OPTIONS")]
    [InlineData("GET", "/required", "200 GET")]
    [InlineData("OPTIONS", "/required", "200 OPTIONS")]
    [InlineData("OPTIONS", "/nobody", "405 GET, HEAD")]
    [InlineData("OPTIONS", "/lambda", "200 OPTIONS, PATCH")]
    public async Task MethodsAttribute_sets_a_views_methods_unless_its_rule_does(string method, string path, string expected)
    {
        var app = new ModularApp();
        app.Route("/own", Own);
        app.Route("/rule", Own, endpoint: "rule", methods: ["GET"]);
        app.Route("/required", Required, methods: ["GET"]);
        app.Route("/nobody", Nobody);
        app.Route("/lambda", [Methods("PATCH")] () => Current.Request.Method);
        await using var client = app.TestClient();

        var response = await client.SendAsync(method, path);

        Assert.Equal(expected, $"{response.Status} {(response.Headers.Allow.Count > 0 ? response.Headers.Allow.ToString() : response.Text)}");
    }

    [Methods("POST", "PUT")]
    static string Own() => Current.Request.Method;

    [Methods(Required = ["OPTIONS"])]
    static string Required() => Current.Request.Method;

    [Methods(ProvideAutomaticOptions = false)]
    static string Nobody() => "";
}
