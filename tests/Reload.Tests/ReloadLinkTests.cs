using System.Diagnostics;

namespace Modular.Reload.Tests;

/// <summary>The behaviour of an application with a reloader.</summary>
public sealed class ReloadLinkTests
{
    [NeedsFact(Tool.Sdk)]
    public async Task An_application_connects_to_no_reloader_before_it_runs()
    {
        using var project = await Project.MakeAsync("""
            var app = new ModularApp().UseDebugger();
            Console.WriteLine("made");
            app.Run(port: 0);
            """);
        using var program = Process.Start(new ProcessStartInfo("dotnet", [project.Program])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["RELOADER_OF_MODULAR"] = "nobody-listens-here:0" },
        })!;

        var (said, error) = (await program.StandardOutput.ReadToEndAsync(), await program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();

        Assert.Equal((1, "made\n"), (program.ExitCode, said));
        Assert.Equal("The environment variable RELOADER_OF_MODULAR names the reloader \"nobody-listens-here\", which doesn't respond. Unset the variable. Only the reloader sets it.\n", error);
    }
}
