namespace Modular.Eng;

/// <summary>Installs tools on Debian, as root or with sudo.</summary>
static class Installer
{
    // The tests start the servers, not the machine, so that port 80 stays free.
    const string Script = """
        set -e
        policy=/usr/sbin/policy-rc.d
        if ! [ -e "$policy" ]; then
          trap 'rm -f "$policy"' EXIT
          printf '#!/bin/sh\nexit 101\n' > "$policy"
          chmod +x "$policy"
        fi
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        apt-get install -y -qq "$@" > /dev/null
        """;

    /// <summary>Installs missing tools. Tests of tools that can't be installed are skipped.</summary>
    internal static async Task InstallAsync(IReadOnlyList<Tool> missing, CancellationToken cancellationToken)
    {
        if (missing.Count == 0 || !File.Exists("/usr/bin/apt-get") || await PrefixAsync(cancellationToken) is not { } prefix) return;
        string[] packages = [.. missing.SelectMany(Tools.Packages).Distinct()];
        Console.WriteLine($"Installing {string.Join(' ', packages)}");
        if (!await AptAsync(prefix, packages, cancellationToken) && packages.Length > 1)
            foreach (var tool in missing)
                if (!await AptAsync(prefix, [.. Tools.Packages(tool)], cancellationToken)) Console.WriteLine($"{Tools.Name(tool)} can't be installed here.");
        Tools.SearchAgain();
        if (missing.Contains(Tool.Nu) && !await FindNuAsync(cancellationToken))
        {
            Console.WriteLine("Installing vnu-jar");
            await RunAsync([.. prefix, "npm", "install", "--global", "--silent", "vnu-jar"], cancellationToken);
            await FindNuAsync(cancellationToken);
        }
    }

    /// <summary>Sets VNU_JAR to the folder where npm installed the HTML checker.</summary>
    internal static async Task<bool> FindNuAsync(CancellationToken cancellationToken)
    {
        if (Tools.Find(Tool.Nu) is not null) return true;
        if (await Shell.OutputAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["root", "--global"], cancellationToken) is not { Length: > 0 } root) return false;
        var jar = Path.Combine(root, "vnu-jar", "build", "dist", "vnu.jar");
        if (!File.Exists(jar)) return false;
        Environment.SetEnvironmentVariable("VNU_JAR", jar);
        Tools.SearchAgain();
        return Tools.Find(Tool.Nu) is not null;
    }

    // The prefix of a command that only root may run; null when this user may not. Sudo can ask a person for the password.
    static async Task<string[]?> PrefixAsync(CancellationToken cancellationToken) =>
        Environment.IsPrivilegedProcess ? []
        : !File.Exists("/usr/bin/sudo") ? null
        : await Shell.OutputAsync("sudo", ["-n", "true"], cancellationToken) is not null || !Console.IsInputRedirected ? ["sudo"] : null;

    static async Task<bool> AptAsync(string[] prefix, string[] packages, CancellationToken cancellationToken) =>
        await RunAsync([.. prefix, "/bin/sh", "-c", Script, "install", .. packages], cancellationToken) == 0;

    static Task<int> RunAsync(string[] command, CancellationToken cancellationToken) => Shell.RunAsync(command[0], command[1..], cancellationToken: cancellationToken);
}
