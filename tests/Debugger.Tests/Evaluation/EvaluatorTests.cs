namespace Modular.Debugger.Tests.Evaluation;

/// <summary>What is typed into the console.</summary>
public sealed class EvaluatorTests : IDisposable
{
    /// <summary>An object to expand.</summary>
    public sealed class Basket
    {
        public string Owner { get; } = "Ada";
        public List<int> Prices { get; } = [.. Enumerable.Range(1, 150)];
        public Dictionary<string, object?> Extras { get; } = new() { ["bag"] = null, ["note"] = "with \"care\"\n" };
        public string Broken => throw new InvalidOperationException("no bottom");
        public override string ToString() => "a basket";
        public int Total(int discount) => Prices.Sum() - discount;
    }

    sealed class Hidden(string message) : ArgumentException(message);

    static readonly ModularApp App = new();
    readonly Evaluator _evaluator = new([new("basket", typeof(Basket), new Basket()), new("exception", typeof(Hidden), new Hidden("which?"))], TimeSpan.FromSeconds(60), () => App.AppContext());

    public void Dispose() => _evaluator.Dispose();

    [Theory]
    [InlineData("1 + 1", "int", "2")]
    [InlineData("basket.Total(25)", "int", "11300")]
    [InlineData("exception.Message", "string", "\"which?\"")]
    [InlineData("from p in basket.Prices where p > 149 select p * 1.5", "Enumerable.ListWhereSelectIterator<int, double>", "{Enumerable.ListWhereSelectIterator<int, double>}")]
    [InlineData("await Task.FromResult('x')", "char", "'x'")]
    [InlineData("basket.GetType()", "RuntimeType", "EvaluatorTests.Basket")]
    [InlineData("new { Left = 1 }", "anonymous type", "{ Left = 1 }")]
    [InlineData("(1, true)", "ValueTuple<int, bool>", "(1, True)")]
    public async Task An_expression_returns_its_value(string code, string type, string text)
    {
        var (output, error, value) = await _evaluator.RunAsync(code, CancellationToken.None);

        Assert.Equal(("", null), (output, error));
        Assert.Equal((type, text), (value!.Type, value.Text));
    }

    [Fact]
    public async Task Variables_functions_and_usings_stay_for_the_next_entry()
    {
        await _evaluator.RunAsync("var sum = basket.Prices.Sum(); int Twice(int x) => 2 * x;", CancellationToken.None);
        await _evaluator.RunAsync("using System.Globalization;", CancellationToken.None);

        var result = await _evaluator.RunAsync("Twice(sum).ToString(\"N0\", CultureInfo.InvariantCulture)", CancellationToken.None);

        Assert.Equal("\"22,650\"", result.Value?.Text);
    }

    [Fact]
    public async Task A_compiler_error_is_shown_with_its_place_and_changes_nothing()
    {
        await _evaluator.RunAsync("var x = 1;", CancellationToken.None);

        var failed = await _evaluator.RunAsync("x = y;\nx.Nix()", CancellationToken.None);

        Assert.Equal("(1,5): CS0103: The name 'y' does not exist in the current context\n"
            + "(2,3): CS1061: 'int' does not contain a definition for 'Nix' and no accessible extension method 'Nix' accepting a first argument of type 'int' could be found "
            + "(are you missing a using directive or an assembly reference?)", failed.Error);
        Assert.Equal("1", (await _evaluator.RunAsync("x", CancellationToken.None)).Value?.Text);
    }

    [Fact]
    public async Task An_exception_is_shown_without_the_consoles_own_frames_and_earlier_effects_remain()
    {
        var failed = await _evaluator.RunAsync("var y = 5; Console.WriteLine(\"so far\"); var z = basket.Broken;", CancellationToken.None);

        Assert.Equal("so far\n", failed.Output);
        Assert.StartsWith("System.InvalidOperationException: no bottom\n   at Modular.Debugger.Tests.Evaluation.EvaluatorTests.Basket.get_Broken()", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Submission", failed.Error, StringComparison.Ordinal);
        Assert.Equal("5", (await _evaluator.RunAsync("y", CancellationToken.None)).Value?.Text);
    }

    [Fact]
    public async Task The_output_is_that_of_the_entry_including_its_tasks()
    {
        var entry = await _evaluator.RunAsync("Console.Write(\"a\"); await Task.Run(() => Console.WriteLine('b')); Console.Write(7);", CancellationToken.None);

        Assert.Equal("ab\n7", entry.Output);
        Assert.Null(entry.Value);
    }

    [Fact]
    public async Task An_entry_that_takes_too_long_is_cancelled_and_can_see_it_and_the_console_continues()
    {
        using var evaluator = new Evaluator([], TimeSpan.FromSeconds(1), () => App.AppContext());

        var late = await evaluator.RunAsync("while (true) { Cancel.ThrowIfCancellationRequested(); System.Threading.Thread.Sleep(1); }", CancellationToken.None);

        Assert.Equal("Timed out after 1 second. Code that doesn't check Cancel continues to run in the background. Call Cancel.ThrowIfCancellationRequested() in a loop.", late.Error);
        Assert.Equal("2", (await evaluator.RunAsync("1 + 1", CancellationToken.None)).Value?.Text);
    }

    [Fact]
    public async Task The_time_to_compile_an_entry_is_not_limited()
    {
        using var evaluator = new Evaluator([], TimeSpan.FromSeconds(1), () => App.AppContext());
        // Takes two seconds or more to compile.
        var slow = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"int F{i}(int a) {{ return a + {i}; }}\n"));

        var evaluated = await evaluator.RunAsync($"{slow}F1(1)", CancellationToken.None);

        Assert.Equal("2", evaluated.Value?.Text);
    }

    [Fact]
    public async Task The_user_can_cancel()
    {
        using var giveUp = new CancellationTokenSource();
        var running = _evaluator.RunAsync("await Task.Delay(-1, Cancel);", giveUp.Token);

        await giveUp.CancelAsync();

        Assert.StartsWith("Cancelled. ", (await running).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("basket.Pr", "Prices")]
    [InlineData("basket.T", "ToString,Total")]
    [InlineData("bask", "basket")]
    [InlineData("exception.InnerE", "InnerException")]
    [InlineData("basket.Prices.Sele", "Select,SelectMany")]
    [InlineData("var n = basket?.Ow", "Owner")]
    [InlineData("System.Text.Jso", "Json")]
    [InlineData("Math.Floo", "Floor")]
    [InlineData("string.Join(\",\", basket.Prices.Distin", "Distinct,DistinctBy")]
    [InlineData("basket.nix", "")]
    [InlineData("1 +", null)]
    public async Task Names_are_completed_by_the_compiler(string code, string? names)
    {
        await _evaluator.RunAsync("0", CancellationToken.None);

        var found = _evaluator.Complete(code, code.Length);

        if (names is null) Assert.Contains("basket", found);
        else Assert.Equal(names, string.Join(',', found));
    }

    [Fact]
    public async Task Names_of_earlier_entries_and_in_the_middle_of_an_entry_are_completed_too()
    {
        Assert.Equal(["basket"], _evaluator.Complete("bask", 4));       // before the first entry
        await _evaluator.RunAsync("var apples = 3;", CancellationToken.None);

        Assert.Equal(["apples"], _evaluator.Complete("apple + 1", 5));
    }

    [Fact]
    public async Task A_value_is_expanded_level_by_level()
    {
        var basket = (await _evaluator.RunAsync("basket", CancellationToken.None)).Value!;

        var members = _evaluator.Expand(basket.Id).ToDictionary(node => node.Name!);
        var prices = _evaluator.Expand(members["Prices"].Id);
        var extras = _evaluator.Expand(members["Extras"].Id);

        Assert.Equal(("EvaluatorTests.Basket", "a basket", true), (basket.Type, basket.Text, basket.HasMembers));
        Assert.Equal(["Broken", "Extras", "Owner", "Prices"], members.Keys.Order());
        Assert.Equal(("InvalidOperationException", "no bottom", false), (members["Broken"].Type, members["Broken"].Text, members["Broken"].HasMembers));
        Assert.Equal(("string", "\"Ada\"", false), (members["Owner"].Type, members["Owner"].Text, members["Owner"].HasMembers));
        Assert.Equal(("List<int>", "150 elements"), (members["Prices"].Type, members["Prices"].Text));
        Assert.Equal(("[0]", "1"), (prices[0].Name, prices[0].Text));
        Assert.Equal(("…", "the first 100 are shown"), (prices[100].Name, prices[100].Text));
        Assert.Equal([("[\"bag\"]", "null"), ("[\"note\"]", "\"with \\\"care\\\"\\n\"")], extras.Take(2).Select(node => (node.Name, node.Text)));
        Assert.Empty(_evaluator.Expand(99_999));
    }

    [Fact]
    public async Task Each_entry_runs_in_the_consoles_scope()
    {
        var app = new ModularApp(new() { Name = "shop" });
        using var evaluator = new Evaluator([new("app", typeof(ModularApp), app)], TimeSpan.FromSeconds(60), () => app.AppContext());

        var result = await evaluator.RunAsync("(Current.App == app, Current.App.Name)", CancellationToken.None);

        Assert.Equal("(True, shop)", result.Value?.Text);
    }
}
