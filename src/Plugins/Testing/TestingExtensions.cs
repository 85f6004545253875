namespace Modular.Testing;

/// <summary>The words that this package adds to an application.</summary>
public static class TestingExtensions
{
    extension(ModularApp app)
    {
        /// <summary>A client that sends requests to the application in this process. It freezes the application.</summary>
        /// <exception cref="ModularException">The set-up is wrong.</exception>
        public TestClient TestClient(TestClientOptions? options = null) => new(app, options ?? new());
    }
}
