using Modular.Plugins;

namespace Microblog.Data;

/// <summary>A plugin of this application. It adds <c>Current.Db</c>, creates the schema at start-up, and closes the connection of each request.</summary>
sealed class DatabasePlugin(string path) : IPlugin
{
    internal static readonly Slot<Db> Slot = new("database");

    public PluginManifest Manifest { get; } = new("Microblog.Database", core: "[0.1,1.0)");

    public void Install(PluginBuilder builder)
    {
        builder.Services.AddSingleton(_ => new Database(path));       // with a factory, so that the service provider disposes it
        builder.Services.AddHostedService<Schema>();
        builder.AddRequestSlot(Slot, context => new Db(context.Services.GetRequiredService<Database>(), context.RequestAborted));
        builder.App.TeardownRequest((context, _) => context.Find(Slot) is { } db ? db.DisposeAsync() : default);
    }
}

static class DatabaseWords
{
    extension(ModularApp app)
    {
        internal ModularApp UseDatabase(string path) => app.Use(new DatabasePlugin(path));
    }
}

static class DatabaseNoun
{
    extension(Current)
    {
        /// <summary>The database connection of this request.</summary>
        internal static Db Db => Current.Context.Get(DatabasePlugin.Slot);
    }
}
