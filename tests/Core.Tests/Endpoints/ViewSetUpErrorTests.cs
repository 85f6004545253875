using System.Text;

namespace Modular.Tests.Endpoints;

public sealed class ViewSetUpErrorTests
{
    [Fact]
    public void A_misspelt_parameter_is_reported_with_a_similar_name() => Assert.Equal(
        "The rule has <username>, the view takes \"usrname\" (the view for rule \"/user/<username>\"). Give both the same name, or write [FromQuery] string usrname when it comes from the query.",
        Mistake.OfSetUp(app => app.Route("/user/<username>", (string usrname) => usrname)));

    [Fact]
    public void A_parameter_that_nothing_fills_is_reported_with_a_remedy() => Assert.Equal(
        "Nothing can fill parameter \"page\" (object) of the view for rule \"/\". Write <page> into the rule, or give the parameter another type.",
        Mistake.OfSetUp(app => app.Route("/", (object page) => $"{page}")));

    [Fact]
    public void A_hook_has_no_variables_to_take() => Assert.Equal(
        "Nothing can fill parameter \"name\" (string) of a BeforeRequest hook. Take it from Current.Request instead.",
        Mistake.OfSetUp(app => app.BeforeRequest((string name) => name)));

    [Fact]
    public void An_error_handler_has_no_variables_to_take() => Assert.Equal(
        "Nothing can fill parameter \"name\" (string) of the error handler of 404. Take it from Current.Request instead.",
        Mistake.OfSetUp(app => app.ErrorHandler(404, (string name) => name)));

    [Fact]
    public void A_missing_service_is_reported_with_both_remedies() => Assert.Equal(
        "Nothing can fill parameter \"stock\" of the view for rule \"/\": StringBuilder isn't a service of this application. " +
        "Write app.Services.AddSingleton<StringBuilder>(), or add POST to the rule's methods when it is the JSON body.",
        Mistake.OfSetUp(app => app.Route("/", (StringBuilder stock) => stock)));

    [Fact]
    public void A_missing_service_of_a_hook_is_reported() => Assert.Equal(
        "Nothing can fill parameter \"stock\" of a BeforeRequest hook: List<string> isn't a service of this application. " +
        "Write app.Services.AddSingleton<List<string>>().",
        Mistake.OfSetUp(app => app.BeforeRequest((List<string> stock) => stock.Clear())));

    [Fact]
    public void All_unknown_services_are_reported_at_once() => Assert.Equal(
        """
        The application can't start, for 2 reasons.
        1. Nothing can fill parameter "a" of the view for rule "/a": StringBuilder isn't a service of this application. Write app.Services.AddSingleton<StringBuilder>(), or add POST to the rule's methods when it is the JSON body.
        2. Nothing can fill parameter "b" of the view for rule "/b": Random isn't a service of this application. Write app.Services.AddSingleton<Random>(), or add POST to the rule's methods when it is the JSON body.
        """,
        Mistake.OfSetUp(app =>
        {
            app.Route("/a", (StringBuilder a) => a.ToString());
            app.Route("/b", (Random b) => b.ToString()!);
        }).Replace("\r\n", "\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("int", "Rule \"/<x>\" gives \"x\" as string, but its view takes int. Write <int:x>, or string x.")]
    [InlineData("double", "Rule \"/<x>\" gives \"x\" as string, but its view takes double. Write <float:x>, or string x.")]
    [InlineData("guid", "Rule \"/<x>\" gives \"x\" as string, but its view takes Guid. Write <uuid:x>, or string x.")]
    [InlineData("string", "Rule \"/<int:x>\" gives \"x\" as int, but its view takes string. Write int x.")]
    [InlineData("custom",
        "Rule \"/<list:x>\" gives \"x\" as string, but its view takes List<string>. " +
        "Write string x, or override ValueType of ListConverter when it gives List<string>.")]
    [InlineData("custom number",
        "Rule \"/<even:x>\" gives \"x\" as int, but its view takes long. Write int x, or override ValueType of EvenConverter when it gives long.")]
    public void A_parameter_of_another_type_than_its_variable_is_reported(string which, string message) => Assert.Equal(message, Mistake.OfSetUp(app =>
    {
        app.Converter("list", _ => new ListConverter());
        app.Converter("even", _ => new EvenConverter());
        _ = which switch
        {
            "int" => app.Route("/<x>", (int x) => $"{x}"),
            "double" => app.Route("/<x>", (double x) => $"{x}"),
            "guid" => app.Route("/<x>", (Guid x) => $"{x}"),
            "string" => app.Route("/<int:x>", (string x) => x),
            "custom" => app.Route("/<list:x>", (List<string> x) => x),
            _ => app.Route("/<even:x>", (long x) => $"{x}"),
        };
    }));

    [Theory]
    [InlineData("one", "Rule \"/\" has the default page = one, but its view takes int. Give a default of this type, or change the parameter's.")]
    [InlineData(null, "Rule \"/\" has the default page = null, but its view takes int. Give a default of this type, or change the parameter's.")]
    [InlineData(3_000_000_000L,
        "Rule \"/\" has the default page = 3000000000, but its view takes int. Give a default of this type, or change the parameter's.")]
    public void A_default_that_does_not_fit_the_parameter_is_reported(object? value, string message) => Assert.Equal(message, Mistake.OfSetUp(app =>
        app.Route("/", (int page) => $"{page}", options: new() { Defaults = new Dictionary<string, object?> { ["page"] = value } })));

    [Fact]
    public void A_view_that_returns_nothing_is_reported()
    {
        const string Message = "The view for rule \"/\" returns nothing. Return a string, Markup, bytes, an object, a Response, or a tuple (body, status).";

        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/", () => { })));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/", () => Task.CompletedTask)));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/", () => ValueTask.CompletedTask)));
    }

    [Fact]
    public void A_view_that_returns_a_bare_number_is_reported()
    {
        const string Message = "The view for rule \"/\" returns a bare int, which isn't a response. Return a string, or a tuple (body, status).";

        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/", () => 404)));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/", () => Task.FromResult(404))));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.Route("/", () => ValueTask.FromResult(404))));
    }

    [Fact]
    public void A_hook_that_returns_a_bare_number_is_reported() => Assert.Equal(
        "A BeforeRequest hook returns a bare bool, which isn't a response. Return a string, or a tuple (body, status).",
        Mistake.OfSetUp(app => app.BeforeRequest(() => true)));

    [Fact]
    public void An_error_handler_that_returns_nothing_is_reported() => Assert.Equal(
        "The error handler of 404 returns nothing. Return a string, Markup, bytes, an object, a Response, or a tuple (body, status).",
        Mistake.OfSetUp(app => app.ErrorHandler(404, () => { })));

    [Fact]
    public void A_rule_without_a_view_is_reported() => Assert.Equal(
        "Rule \"/\" has no view. Pass a method or a lambda.",
        Mistake.OfSetUp(app => app.Route("/", (Func<string>)null!)));

    [Theory]
    [InlineData("")]
    [InlineData("blog.show")]
    public void An_endpoint_is_one_word(string endpoint) => Assert.Equal(
        $"Endpoint \"{endpoint}\" of rule \"/\" is empty or has a dot, which separates blueprints from endpoints. Give it one word.",
        Mistake.OfSetUp(app => app.Route("/", () => "", endpoint: endpoint)));

    [Fact]
    public void An_endpoint_belongs_to_one_view() => Assert.Equal(
        "Endpoint \"page\" of rule \"/b\" already belongs to another view. Give this one its own name: endpoint: \"…\".",
        Mistake.OfSetUp(app =>
        {
            app.Route("/a", () => "a", endpoint: "page");
            app.Route("/b", () => "b", endpoint: "page");
        }));

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(402)]
    public void An_error_handler_is_for_an_error(int status) => Assert.Equal(
        $"ErrorHandler({status}, …) isn't for an HTTP error. Write a status code such as 404, or an exception type: ErrorHandler<MyError>(…).",
        Mistake.OfSetUp(app => app.ErrorHandler(status, () => "")));

    [Fact]
    public void A_status_has_one_error_handler() => Assert.Equal(
        "Status 404 already has an error handler. Remove one of the two, or register it on a blueprint.",
        Mistake.OfSetUp(app =>
        {
            app.ErrorHandler(404, () => "one");
            app.ErrorHandler(404, () => "two");
        }));

    [Fact]
    public void An_exception_type_has_one_error_handler() => Assert.Equal(
        "TimeoutException already has an error handler. Remove one of the two, or register it on a blueprint.",
        Mistake.OfSetUp(app =>
        {
            app.ErrorHandler<TimeoutException>(_ => "one");
            app.ErrorHandler<TimeoutException>(_ => "two");
        }));

    sealed class ListConverter : UrlConverter
    {
        public override object ToValue(string text) => text.Split('+').ToList();
    }

    sealed class EvenConverter : UrlConverter
    {
        public override Type ValueType => typeof(int);
    }
}
