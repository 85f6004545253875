using Microsoft.Extensions.Hosting;

namespace Modular.Tests.Hosting;

/// <summary>In development the container is checked as ASP.NET's own host checks it.</summary>
public sealed class ServiceLifetimeTests
{
    sealed class Database;

    sealed class Store(Database database)
    {
        internal Database Database => database;
    }

    const string Scoped = "Cannot consume scoped service 'Modular.Tests.Hosting.ServiceLifetimeTests+Database' from singleton 'Modular.Tests.Hosting.ServiceLifetimeTests+Store'.";
    const string Remedy = "Add what is missing to app.Services, and let a singleton take IServiceScopeFactory instead of a scoped service.";

    static ModularApp App(bool debug)
    {
        var app = new ModularApp { Debug = debug };
        app.Route("/", (Store store) => store.Database.ToString()!, endpoint: "index");
        return app;
    }

    [Fact]
    public void A_singleton_that_takes_a_scoped_service_is_an_error_at_the_start_in_debug()
    {
        var app = App(debug: true);
        app.Services.AddScoped<Database>().AddSingleton<Store>();

        Assert.Equal($"The application's services can't be created: {Scoped} {Remedy}", Mistake.Of(() => app.Build()));
    }

    [Fact]
    public void It_is_also_an_error_without_a_host()
    {
        var app = App(debug: true);
        app.Services.AddScoped<Database>().AddSingleton<Store>();

        Assert.Equal($"The application's services can't be created: {Scoped} {Remedy}", Mistake.Of(() => app.AppContext()));
    }

    [Fact]
    public void A_service_with_a_missing_dependency_is_an_error_at_the_start_in_debug()
    {
        var app = App(debug: true);
        app.Services.AddSingleton<Store>();

        Assert.Equal("The application's services can't be created: Unable to resolve service for type 'Modular.Tests.Hosting.ServiceLifetimeTests+Database' "
            + $"while attempting to activate 'Modular.Tests.Hosting.ServiceLifetimeTests+Store'. {Remedy}", Mistake.Of(() => app.Build()));
    }

    [Fact]
    public void A_scoped_service_that_a_factory_takes_into_a_singleton_is_an_error_in_debug()
    {
        var app = App(debug: true);
        app.Services.AddScoped<Database>().AddSingleton(services => new Store(services.GetRequiredService<Database>()));
        using var host = (IDisposable)app.Build();

        var error = Assert.Throws<InvalidOperationException>(() => ((IHost)host).Services.GetRequiredService<Store>());

        Assert.StartsWith("Cannot resolve scoped service", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mounted_in_a_host_in_development_it_is_an_error_of_the_first_request()
    {
        var app = App(debug: false);
        app.Services.AddScoped<Database>().AddSingleton<Store>();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        await using var host = builder.Build();
        await using var scope = host.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };

        var error = await Assert.ThrowsAsync<ModularException>(() => app.AppDelegate(http));

        Assert.Equal($"The application's services can't be created: {Scoped} {Remedy}", error.Message);
    }

    [Fact]
    public async Task In_production_the_container_is_not_checked()
    {
        var app = App(debug: false);
        app.Services.AddScoped<Database>().AddSingleton<Store>();
        await using var client = app.TestClient();

        Assert.Equal(200, (await client.GetAsync("/")).Status);
    }
}
