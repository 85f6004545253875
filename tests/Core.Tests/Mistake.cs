namespace Modular.Tests;

/// <summary>What the framework tells somebody who uses it wrongly.</summary>
static class Mistake
{
    /// <summary>The message of the mistake that an action makes.</summary>
    internal static string Of(Action action) => Assert.ThrowsAny<ModularException>(action).Message;

    /// <summary>The message of the mistake that setting up and freezing an application makes.</summary>
    internal static string OfSetUp(Action<ModularApp> setUp) => Of(() =>
    {
        var app = new ModularApp();
        setUp(app);
        using var scope = app.AppContext();
    });
}
