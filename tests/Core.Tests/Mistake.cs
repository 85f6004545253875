namespace Modular.Tests;

/// <summary>The messages for mistakes in an application.</summary>
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
