namespace Modular.Sessions;

sealed class SessionsPlugin(SessionsOptions options) : IPlugin
{
    internal static readonly Slot<Session> Slot = new("session", "app.UseSessions(…)");

    public PluginCard Card { get; } = new("Modular.Sessions", core: "[0.1,1.0)");

    public void Install(IPluginHost host)
    {
        SessionHandler handler = options.Store is { } store ? new StoredSessions(options, store, host.Logger) : new CookieSessions(options, host.Logger);
        host.Check(handler.Freeze);
        if (handler is StoredSessions stored) host.Open(Slot, stored.Load, stored.Open);
        else host.Open(Slot, handler.Open);
        host.Save(handler.Save, handler.HasToSave);
        host.TemplateGlobal("session", Of);
    }

    /// <summary>The session, for whoever looks at it: from here on the answer varies with the cookie.</summary>
    internal static Session Of(RequestContext context)
    {
        var session = context.Get(Slot);
        session.IsTouched = true;
        return session;
    }
}
