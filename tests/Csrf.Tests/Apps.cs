namespace Modular.Csrf.Tests;

static class Apps
{
    /// <summary>An application with sessions and the protection, a page with a form, and a view that counts its calls.</summary>
    internal static ModularApp Protected(CsrfOptions? options = null, Action<ModularApp>? more = null)
    {
        var app = new ModularApp();
        app.UseCsrf(options);
        app.UseSessions(new() { SecretKey = "csrf-tests-0123456789" });
        app.Get("/form", () => Html($"<form method=post>{CsrfField()}</form>"), endpoint: "form");
        app.Route("/pay", () => $"paid {Current.Request.Form.Find("amount")}", endpoint: "pay", methods: ["GET", "POST", "PUT", "PATCH", "DELETE", "REPORT"]);
        app.Get("/plain", () => "plain", endpoint: "plain");
        more?.Invoke(app);
        return app;
    }

    /// <summary>A token of the client's session, without a request.</summary>
    internal static async Task<string> TokenAsync(this TestClient client)
    {
        var token = "";
        await client.SessionTransactionAsync(() => token = CsrfToken());
        return token;
    }

    internal static TestRequest Form(params (string, string)[] fields) => new() { Form = fields };

    internal static TestRequest With(string? token) => token is null ? Form(("amount", "5")) : Form(("amount", "5"), ("csrf_token", token));
}
