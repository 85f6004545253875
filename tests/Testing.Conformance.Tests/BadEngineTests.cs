namespace Modular.Testing.Conformance.Tests;

/// <summary>Each check finds an engine that breaks its promise, and a small engine that keeps all of them passes.</summary>
public sealed class BadEngineTests
{
    [Fact]
    public async Task A_good_engine_passes_all_checks() => await new EngineConformance(new MiniDialect(Fault.None)).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("Every value is escaped in every position", Fault.NoEscape)]
    [InlineData("Escaped text reads back as it was", Fault.NoEscape)]
    [InlineData("Markup is never escaped again", Fault.EscapesMarkup)]
    [InlineData("Values of each type are written alike", Fault.ToStrings)]
    [InlineData("JSON is safe in scripts and attributes", Fault.OwnJson)]
    [InlineData("Plain text isn't escaped and isn't a page", Fault.AlwaysEscapes)]
    [InlineData("Values, filters and functions reach the page", Fault.NoArguments)]
    [InlineData("Layouts fill blocks over three levels", Fault.FakeLayouts)]
    [InlineData("Two applications share nothing", Fault.SharedFilters)]
    [InlineData("A page is the same in every culture", Fault.Culture)]
    [InlineData("A changed file is used with all that includes it", Fault.KeepsTemplates)]
    [InlineData("Parallel first pages compile a template once", Fault.RendersOnce)]
    [InlineData("Parallel pages mix no values", Fault.SharedValues)]
    [InlineData("Awaited and streamed pages are the same", Fault.ReadsOutput)]
    [InlineData("Loops, output, depth and time have limits", Fault.NoSteps)]
    [InlineData("A disconnected client ends its page", Fault.NoSteps)]
    [InlineData("A mistake has its template and its place", Fault.NoPlace)]
    [InlineData("An error is thrown as it is", Fault.WrapsErrors)]
    [InlineData("Templates read data and not the runtime", Fault.Reflects)]
    [InlineData("Values that aren't data aren't written", Fault.ToStrings)]
    [InlineData("A name can't leave the folders", Fault.IgnoresMissing)]
    public async Task A_bad_engine_is_found(string check, Fault fault)
    {
        var kit = new EngineConformance(new MiniDialect(fault));

        var error = await Assert.ThrowsAsync<ConformanceException>(() => kit.RunAsync(check, TestContext.Current.CancellationToken));

        Assert.All(error.Problems, problem => Assert.Equal(check, problem.Check));
        Assert.StartsWith("The engine mini breaks ", error.Message);
    }

    [Fact]
    public void Each_check_has_a_bad_engine()
    {
        var found = typeof(BadEngineTests).GetMethod(nameof(A_bad_engine_is_found))!.GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!);

        Assert.Equal(new EngineConformance(new MiniDialect(Fault.None)).Checks.Select(check => check.Name), found);
    }

    [Fact]
    public async Task The_report_has_what_was_tried_and_seen()
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(() => new EngineConformance(new MiniDialect(Fault.EscapesMarkup)).RunAsync("Markup is never escaped again", TestContext.Current.CancellationToken));

        Assert.Equal(
            "Markup is never escaped again. Tried: [[m]] with m = <b>&amp;</b>. Seen: \"&lt;b&gt;&amp;amp;&lt;/b&gt;\" instead of \"<b>&amp;</b>\". " +
            "WriteValue doesn't escape Markup. Keep the type through loops, members, filters, includes and captures.", error.Problems[0].ToString());
    }
}
