namespace Modular.Tests.Endpoints;

public sealed class RuleMethodTests
{
    static string View() => "";

    [Fact]
    public void Two_methods_in_one_text_are_refused() => Assert.Equal(
        "Rule \"/login\" has the method \"GET, POST\", which isn't an HTTP method. Write each method by itself, such as methods: [\"GET\", \"POST\"].",
        Mistake.OfSetUp(app => app.Route("/login", View, methods: ["GET, POST"])));

    [Fact]
    public void An_empty_method_is_refused() => Assert.Equal(
        "Rule \"/login\" has the method \"\", which isn't an HTTP method. Write each method by itself, such as methods: [\"GET\", \"POST\"].",
        Mistake.OfSetUp(app => app.Route("/login", View, options: new() { Methods = [""] })));

    [Fact]
    public void An_empty_list_of_methods_is_refused()
    {
        const string Message = "Rule \"/x\" has an empty list of methods. Write those that it answers, such as methods: [\"GET\", \"POST\"], or leave the list out for GET.";

        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/x", View, methods: [])));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/x", (int id = 1) => $"{id}", methods: [])));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/x", View, options: new() { Methods = [] })));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/x", [Methods] () => "")));
        Assert.Equal(Message, Mistake.Of(() => new Blueprint("b").Route("/x", View, methods: [])));
    }
}
