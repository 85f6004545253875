namespace Modular.Testing;

/// <summary>The methods that this package adds to an application.</summary>
public static class TestingExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Creates a client that sends requests to the application in this process. Freezes the application.</summary>
        /// <exception cref="ModularException">The set-up has errors.</exception>
        public TestClient TestClient(TestClientOptions? options = null) => new(app, options ?? new());
    }
}
