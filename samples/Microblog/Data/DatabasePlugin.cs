namespace Microblog.Data;

/// <summary>A plugin of this application's own: it brings the noun <c>Current.Db</c>, makes the schema at the start, and closes each request's connection.</summary>
sealed class DatabasePlugin(string path) : IPlugin
{
    internal static readonly Slot<Db> Slot = new("database");

    public PluginManifest Manifest { get; } = new("Microblog.Database", core: "[0.1,1.0)");

    public void Install(PluginBuilder builder)
    {
        builder.Services.AddSingleton(_ => new Database(path));       // by a function, so that the services dispose of it
        builder.Services.AddHostedService<Schema>();
        builder.AddRequestSlot(Slot, context => new Db(context.Services.GetRequiredService<Database>(), context.RequestAborted));
        builder.App.TeardownRequest((context, _) => context.TryGet(Slot) is { } db ? db.DisposeAsync() : default);
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
        /// <summary>The database, as this request sees it.</summary>
        internal static Db Db => Current.Context.Get(DatabasePlugin.Slot);
    }
}
