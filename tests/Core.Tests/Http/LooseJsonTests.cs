using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Modular.Tests.Http;

/// <summary>JSON that a view reads late, or by a type that the JSON itself names, is the client's mistake when it isn't what the view needs.</summary>
public sealed class LooseJsonTests
{
    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Dog), "dog")]
    [JsonDerivedType(typeof(Cat), "cat")]
    public abstract record Pet(string Name);
    public sealed record Dog(string Name, int Age) : Pet(Name);
    public sealed record Cat(string Name) : Pet(Name);
    public sealed record Home(Pet[] Pets);

    static async Task<string> Post(Action<ModularApp> views, string json)
    {
        var app = new ModularApp();
        views(app);
        await using var client = app.TestClient(new() { PropagateExceptions = false });
        var answer = await client.PostAsync("/", new() { Json = json, Headers = [("Accept", "text/html")] });
        return $"{answer.Status} {System.Net.WebUtility.HtmlDecode(answer.Text)}";
    }

    public static TheoryData<string, string, Delegate> Bodies => new()
    {
        { """{"a":1,"a":2}""", "The JSON body doesn't have a value that the view reads. An item with the same key has already been added.", (JsonObject o) => $"{o["a"]}" },
        { """[{"a":{"b":1,"b":2}}]""", "The JSON body doesn't have a value that the view reads. An item with the same key has already been added.", (JsonNode o) => $"{o[0]!["a"]!["b"]}" },
        { """{"name":"Rex"}""", "wrong at $: another value is expected.", (Pet pet) => pet.Name },
        { """{"name":"Rex","kind":"dog"}""", "wrong at $: another value is expected.", (Pet pet) => pet.Name },
        { """{"kind":"cow","name":"Rex"}""", "wrong at $: another value is expected.", (Pet pet) => pet.Name },
        { "5", "wrong at $: another value is expected.", (Pet pet) => pet.Name },
        { """{"pets":[{"kind":"cat","name":"a"},{"name":"b"}]}""", "wrong at $: another value is expected.", (Home home) => home.Pets[0].Name },
        { """{"pets":[{"kind":"cow"}]}""", "wrong at $.pets[0]: another value is expected.", (Home home) => home.Pets[0].Name },
        { """{"kind":"dog","name":"Rex","age":"old"}""", "wrong at $.age: another value is expected.", (Pet pet) => pet.Name },
        { """{"kind":"dog"}""", "wrong at $: it lacks 'name'.", (Pet pet) => pet.Name },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task JSON_that_a_view_cannot_use_is_a_400_that_says_why(string json, string problem, Delegate view)
    {
        var answer = await Post(app => app.Post("/", view), json);

        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        Assert.Contains(problem, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_property_that_is_read_alone_has_the_same_errors()
    {
        Assert.Contains("wrong at $.pet: another value is expected.", await Post(app => app.Post("/", () => Current.Request.GetJson<Pet>("pet").Name), """{"pet":{"name":"x"}}"""), StringComparison.Ordinal);
        Assert.Contains("The JSON body doesn't have a value that the view reads.", await Post(app => app.Post("/", () => $"{Current.Request.GetJson<JsonObject>("o")["a"]}"), """{"o":{"a":1,"a":2}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_from_elsewhere_is_an_error_of_the_view_when_it_takes_the_body_as_a_type() =>
        Assert.StartsWith("500 ", await Post(app => app.Post("/", (Home home) => $"{JsonElement.Parse("{}").GetProperty("x")}"), """{"pets":[]}"""), StringComparison.Ordinal);

    [Fact]
    public async Task A_list_of_the_views_own_that_is_too_short_is_still_an_error_of_the_view() =>
        Assert.StartsWith("500 ", await Post(app => app.Post("/", (JsonArray o) => $"{new List<int>()[o.Count]}"), "[]"), StringComparison.Ordinal);

    [Fact]
    public async Task A_type_that_no_JSON_can_be_read_as_is_still_an_error_of_the_view() =>
        Assert.StartsWith("500 ", await Post(app => app.Post("/", () => $"{Current.Request.GetJson<IDisposable>()}"), "{}"), StringComparison.Ordinal);

    [Fact]
    public async Task A_duplicate_name_is_not_an_error_when_the_last_one_can_count() =>
        Assert.Equal("200 2", await Post(app => app.Post("/", (Dictionary<string, int> o) => $"{o["a"]}"), """{"a":1,"a":2}"""));
}
