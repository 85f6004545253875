namespace Modular.Tests.Support;

/// <summary>Finds a Python that has Flask and Werkzeug in the version that the tests compare with.</summary>
static class PythonModules
{
    /// <summary>Debian 12's. Later ones behave differently here and there.</summary>
    internal const string Version = "2.2";

    const string Question = """
        import importlib.metadata as m, sys
        print(all(m.version(name).startswith(start) for name, start in zip(sys.argv[1::2], sys.argv[2::2])))
        """;

    internal static string? WithFlask(string? onPath) => Interpreter(onPath, "flask", $"{Version}.", "werkzeug", $"{Version}.");

    internal static string? WithGunicorn(string? onPath) => Interpreter(onPath, "flask", $"{Version}.", "gunicorn", "");

    // Debian's Python, or that of the PATH.
    static string? Interpreter(string? onPath, params string[] modules) =>
        ((string?[])["/usr/bin/python3", onPath]).OfType<string>().Distinct().Where(File.Exists)
            .FirstOrDefault(python => Tools.Output(python, ["-c", Question, .. modules]).Trim() == "True");
}
