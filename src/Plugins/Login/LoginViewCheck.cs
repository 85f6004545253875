using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Modular.Login;

/// <summary>Refuses to start an application whose log-in page requires a login: visitors would be redirected in a circle.</summary>
/// <remarks>At the start and not with the other checks, because they run before the endpoints have their metadata.</remarks>
sealed class LoginViewCheck(IServiceProvider services, LoginOptions options) : IHostedService
{
    internal static string Problem(string view) =>
        $"The log-in page \"{view}\" requires a login, so visitors can't open it. Add AllowAnonymous() to its rule.";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<Rule>() is not { } rule || rule.Methods?.Contains(HttpMethods.Get) is false
                || LoginGuard.Required(endpoint.Metadata) is not { } required) continue;
            if (options.LoginView is { } login && Is(login, rule)) throw new ModularException(Problem(login));
            // A page that asks for the password again may be for users alone.
            if (options.RefreshView is { } refresh && Is(refresh, rule) && required.IsFresh) throw new ModularException(Problem(refresh));
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    static bool Is(string view, Rule rule) => rule.Endpoint == view || rule.Text == view;
}
