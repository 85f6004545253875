using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sessions;

sealed class SessionsPlugin(SessionsOptions options) : IPlugin
{
    internal static readonly Slot<Session> Slot = new("session", "app.UseSessions(…)");
    internal static readonly Slot<SessionHandler> Handler = new("session handler", "app.UseSessions(…)");

    public PluginManifest Manifest { get; } = new("Modular.Sessions", core: BuiltFor.Core);

    public void Install(PluginBuilder builder)
    {
        var own = builder.Options("Sessions", options with { });
        SessionHandler handler = own.Store is { } store
            ? new StoredSessions(own, store, builder.Logger)
            : new CookieSessions(own, builder.Logger);
        builder.Validate(handler.Freeze);
        if (handler is StoredSessions stored) builder.AddRequestSlot(Slot, stored.Load, stored.Open);
        else builder.AddRequestSlot(Slot, handler.Open);
        builder.BeforeSend(handler.Save, handler.HasToSave);
        builder.AddAppSlot(Handler, handler);
        builder.Services.AddSingleton(own);
        builder.Services.AddSingleton<ISigner>(services => new PurposeSigner(own, services.GetRequiredService<TimeProvider>()));
        builder.App.TemplateGlobal("session", Of);
    }

    /// <summary>The session. Reading it makes the response vary by cookie.</summary>
    internal static Session Of(RequestContext context)
    {
        var session = context.Get(Slot);
        session.IsTouched = true;
        return session;
    }

    /// <summary>The same before the hooks too, when a stored session hasn't been loaded yet.</summary>
    internal static ValueTask<Session> LoadAsync(RequestContext context) =>
        context.Find(Slot) is null && context.HasRequest && context.App.Get(Handler) is StoredSessions stored
            ? LoadAsync(context, stored)
            : new(Of(context));

    static async ValueTask<Session> LoadAsync(RequestContext context, StoredSessions stored)
    {
        if (await stored.Load(context) is { } session) context.Set(Slot, session);
        return Of(context);
    }
}
