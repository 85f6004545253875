using System.Security.Cryptography;
using System.Text;

public class ApiTests
{
    [Fact]
    public async Task A_note_is_added_with_a_key_read_by_everyone_and_removed()
    {
        var app = Create();
        await using var ada = Client(app, "ada-key");
        await using var anyone = app.TestClient();

        var added = await ada.PostAsync("/notes", TestRequest.WithJson(new { text = " Buy tea " }));
        var read = await anyone.GetAsync(added.Location!);
        var all = await anyone.GetAsync("/notes");
        var removed = await ada.DeleteAsync(added.Location!);

        Assert.Equal((201, "/notes/1"), (added.Status, added.Location));
        Assert.Equal("""{"id":1,"text":"Buy tea","author":"ada"}""", read.Json.GetRawText());
        Assert.Equal(1, all.Json.GetArrayLength());
        Assert.Equal(204, removed.Status);
        Assert.Equal(0, (await anyone.GetAsync("/notes")).Json.GetArrayLength());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer another-key")]
    [InlineData("Basic ada-key")]
    public async Task Without_a_valid_key_nothing_is_written(string? authorization)
    {
        await using var client = Create().TestClient(new() { Headers = authorization is null ? [] : [("Authorization", authorization)] });

        var response = await client.PostAsync("/notes", TestRequest.WithJson(new { text = "Buy tea" }));

        AssertProblem(401, "Send a valid key in the header Authorization: Bearer KEY.", response);
        Assert.Equal("Bearer", response.Headers.WWWAuthenticate);
        Assert.Equal(0, (await client.GetAsync("/notes")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Only_the_author_removes_a_note()
    {
        var app = Create();
        await using var ada = Client(app, "ada-key");
        await using var bob = Client(app, "bob-key");

        await ada.PostAsync("/notes", TestRequest.WithJson(new { text = "Buy tea" }));
        var response = await bob.DeleteAsync("/notes/1");

        AssertProblem(403, "This note belongs to another user.", response);
    }

    [Theory]
    [InlineData("""{"text":" "}""", 422)]
    [InlineData("""{"text":null}""", 400)]
    [InlineData("""{"text":""", 400)]
    public async Task A_malformed_note_is_a_problem(string json, int status)
    {
        await using var client = Client(Create(), "ada-key");

        var response = await client.PostAsync("/notes", new() { Json = json });

        AssertProblem(status, null, response);
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem()
    {
        await using var client = Create().TestClient();

        AssertProblem(404, "There is no such note.", await client.GetAsync("/notes/7"));
        AssertProblem(404, null, await client.GetAsync("/nowhere"));
        AssertProblem(405, null, await client.PutAsync("/notes"));
    }

    [Fact]
    public async Task An_unhandled_exception_is_a_problem_that_says_nothing_about_it()
    {
        var app = Create();
        app.Get("/broken", string () => throw new InvalidOperationException("a secret"));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/broken");

        AssertProblem(500, null, response);
        Assert.DoesNotContain("secret", response.Text);
    }

    [Fact]
    public async Task The_document_describes_the_operations_and_which_of_them_need_a_key()
    {
        await using var client = Create().TestClient();

        var document = (await client.GetAsync("/openapi.json")).Json;

        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject(),
            (path, operation) => $"{operation.Name} {path.Name}{(operation.Value.TryGetProperty("security", out _) ? " with a key" : "")}");
        Assert.Equal(["get /notes", "post /notes with a key", "get /notes/{id}", "delete /notes/{id} with a key"], operations);
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal("bearer", schemes.GetProperty("Bearer").GetProperty("scheme").GetString());
    }

    [Fact]
    public async Task A_new_key_is_printed_with_its_hash()
    {
        var result = await Create().InvokeAsync("new-key", "eve");

        var key = result.Output.Split('\n')[0].Split(' ')[^1];
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"MODULAR_ApiKeys__eve={Hash(key)}", result.Output);
    }

    static ModularApp Create()
    {
        var app = Api.Create();
        foreach (var user in new[] { "ada", "bob" }) app.Config[$"ApiKeys:{user}"] = Hash($"{user}-key");
        return app;
    }

    static TestClient Client(ModularApp app, string key) => app.TestClient(new() { Headers = [("Authorization", $"Bearer {key}")] });

    static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    static void AssertProblem(int status, string? detail, TestResponse response)
    {
        Assert.Equal((status, "application/problem+json"), (response.Status, response.Headers.ContentType.ToString()));
        Assert.Equal(status, response.Json.GetProperty("status").GetInt32());
        if (detail is not null) Assert.Equal(detail, response.Json.GetProperty("detail").GetString());
    }
}
