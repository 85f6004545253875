using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Modular.Login;

sealed class LoginPlugin(UserLoader loader, LoginOptions options) : IPlugin
{
    const string HowToInstall = "app.UseLogin(…)";

    internal static readonly Slot<LoginState> Slot = new("login", HowToInstall);
    internal static readonly Slot<LoginAttempts> Attempts = new("log-in attempts", HowToInstall);
    internal static readonly Slot<LoginService> Service = new("logins", HowToInstall);

    public PluginManifest Manifest { get; } = new("Modular.Login", core: BuiltFor.Core)
    {
        Dependencies = [new PluginDependency("Modular.Sessions", "app.UseSessions(…)")],
    };

    public void Install(PluginBuilder builder)
    {
        var own = builder.Options("Login", options with { });
        // Its own section, because a section of the configuration has only simple values.
        var login = new LoginService(own, builder.Options("LoginThrottle", own.Throttle with { }), loader, builder.Logger);
        var guard = new LoginGuard(login);
        builder.AddAppSlot(Service, login);
        builder.AddRequestSlot(Slot, context => new LoginState(context, login));
        builder.AddRequestSlot(Attempts, _ => new LoginAttempts());
        builder.Validate(login.Freeze);
        builder.Services.AddHostedService(services => new LoginViewCheck(services, own));
        builder.App.BeforeRequest(guard.CheckAsync);
        builder.BeforeSend(Save, HasToSave);
        builder.App.TemplateGlobal("current_user", context => context.Get(Slot).User);
        AddScheme(builder.Services, guard);

        bool HasToSave(RequestContext context) => context.Find(Slot) is { } state && (state.Remember is not null || state.IsPersonal);

        async ValueTask Save(RequestContext context, Response response)
        {
            var state = context.Get(Slot);
            if (state.Remember is { } change) await login.Remember.SaveAsync(context, response, change);
            if (own.NoStore && response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-store";
            if (response.Headers.CacheControl.Any(IsPublic)) response.Headers.CacheControl = Array.ConvertAll(response.Headers.CacheControl.ToArray(), OfOneUser);
            // A user of the session has Vary: Cookie.
            if (state.IsFromRequest && !IsPrivate(response)) response.Headers.Append("Cache-Control", "private");
        }
    }

    static bool IsPublic(string? line) => line?.Split(',').Any(directive => directive.Trim(' ', '\t').Equals("public", StringComparison.OrdinalIgnoreCase)) is true;

    // A file's max-age is for everyone, and a user's file isn't.
    static string? OfOneUser(string? line) => line is null ? null : string.Join(", ", line.Split(',').Select(directive => directive.Trim(' ', '\t'))
        .Select(directive => directive.Equals("public", StringComparison.OrdinalIgnoreCase) ? "private" : directive));

    static bool IsPrivate(Response response) => response.Headers.CacheControl.Any(line => line is not null
        && (line.Contains("private", StringComparison.OrdinalIgnoreCase) || line.Contains("no-store", StringComparison.OrdinalIgnoreCase)));

    static void AddScheme(IServiceCollection services, LoginGuard guard)
    {
        services.AddTransient(_ => new LoginScheme(guard));
        services.AddAuthenticationCore(authentication => authentication.AddScheme<LoginScheme>(LoginScheme.Name, null));
        services.PostConfigure<AuthenticationOptions>(authentication =>
        {
            if (authentication.DefaultScheme is not null) return;
            authentication.DefaultChallengeScheme ??= LoginScheme.Name;
            authentication.DefaultForbidScheme ??= LoginScheme.Name;
        });
        // Made by a function, because an application without ASP.NET's authorization has no such service.
        services.AddTransient<IPolicyEvaluator>(provider => new LoginPolicyEvaluator(provider.GetRequiredService<IAuthorizationService>()));
    }
}
