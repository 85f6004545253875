using Microsoft.Extensions.DependencyInjection;
using Modular.Sessions;

namespace Modular.Csrf;

sealed class CsrfPlugin(CsrfOptions options) : IPlugin
{
    static readonly Slot<CsrfProtection> Slot = new("CSRF protection", "app.UseCsrf()");

    public PluginManifest Manifest { get; } = new("Modular.Csrf", core: BuiltFor.Core)
    {
        // A visitor whose login has ended gets the log-in page, and the body isn't read for nothing.
        After = ["Modular.Login"],
        Dependencies = [new PluginDependency("Modular.Sessions", "app.UseSessions(…)")],
    };

    public void Install(PluginBuilder builder)
    {
        var protection = new CsrfProtection(builder.Options("Csrf", options with { }), builder.Logger);
        builder.AddAppSlot(Slot, protection);
        builder.Validate(services => protection.Freeze(services.GetRequiredService<TimeProvider>()));
        builder.App.BeforeRequest(protection.CheckRuleAsync);
        builder.OnSessionRegenerated(CsrfTokens.Rotate);
        Function("csrf_token", TokenOf);
        Function("csrf_field", FieldOf);

        void Function(string name, Func<RequestContext, object?> value) => builder.App
            .Contribute<Func<RequestContext, IReadOnlyList<object?>, IReadOnlyList<(string Name, object? Value)>, object?>>(
                name, (context, _, _) => value(context), "TemplateFunction");
    }

    internal static string TokenOf(RequestContext context) => Of(context).TokenOf(context);

    internal static Markup FieldOf(RequestContext context) => Of(context).FieldOf(context);

    internal static void Rotate(RequestContext context)
    {
        _ = Of(context);
        CsrfTokens.Rotate(context.Session);
    }

    internal static ValueTask CheckAsync(RequestContext context) => Of(context).CheckAsync(context);

    static CsrfProtection Of(RequestContext context) => context.App.Get(Slot);
}
