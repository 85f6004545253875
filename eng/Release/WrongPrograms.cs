namespace Modular.Eng;

/// <summary>Programs that must end at start-up, with a report that says what to do.</summary>
static class WrongPrograms
{
    internal static IReadOnlyList<(string Name, string[] Packages, string Text, string Report)> All { get; } =
    [
        ("FlashAlone", ["Modular.Flash"], """
            var app = new ModularApp();
            app.UseFlash();
            app.Get("/", () => "ok");
            app.Run(port: 0);
            """, "Modular.Flash requires Modular.Sessions, which isn't installed. Add the package and call app.UseSessions(…)."),
        ("EngineTwice", ["Modular.Templating.Liquid"], """
            var app = new ModularApp();
            app.UseLiquid().UseLiquid();
            app.Get("/", () => "ok");
            app.Run(port: 0);
            """, "Modular.Templating.Liquid is installed 2 times. Remove all calls but one."),
        ("TwoClaimants", ["Modular.Uploads"], """
            using Modular.Plugins;

            var app = new ModularApp();
            app.UseUploads().Use(new Reader());
            app.Get("/", () => "ok");
            app.Run(port: 0);

            sealed class Reader : IPlugin
            {
                public PluginManifest Manifest { get; } = new("Acme.Forms", core: "[0.2,1.0)");

                public void Install(PluginBuilder builder) =>
                    builder.FormReader("multipart/form-data", (context, body, cancellationToken) => throw new NotSupportedException());
            }
            """, "Modular.Uploads and Acme.Forms call FormReader for \"multipart/form-data\". Install only one of them."),
        ("CoreTooOld", ["Modular.Core"], """
            using Modular.Plugins;

            var app = new ModularApp().Use(new Newer());
            app.Get("/", () => "ok");
            app.Run(port: 0);

            sealed class Newer : IPlugin
            {
                public PluginManifest Manifest { get; } = new("Acme.Newer", core: "[90.0,91.0)") { Version = "90.1.0" };

                public void Install(PluginBuilder builder) { }
            }
            """, "Acme.Newer 90.1.0 was made for Modular.Core [90.0,91.0), and this is {core}. Install a version of Acme.Newer for this core, or the core that it requires."),
    ];
}
