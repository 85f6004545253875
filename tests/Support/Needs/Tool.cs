namespace Modular.Tests.Support;

/// <summary>Tools that tests need beyond the .NET runtime. The name in lower case is the value of the trait <c>needs</c>.</summary>
public enum Tool
{
    Bash,
    Chromium,
    /// <summary>GNU's <c>env</c>, which restores a program's signals, and <c>mkfifo</c>.</summary>
    Coreutils,
    Curl,
    /// <summary>Flask and Werkzeug, for Python.</summary>
    Flask,
    Gunicorn,
    /// <summary>lighttpd with its module for TLS.</summary>
    Lighttpd,
    Nginx,
    /// <summary>The Nu HTML checker: <c>vnu.jar</c> and Java.</summary>
    Nu,
    Prlimit,
    Python,
    Redis,
    /// <summary>The program <c>script</c>, which makes a terminal.</summary>
    Script,
    /// <summary>The .NET SDK, which builds projects in the test. It is there; the trait says that the test takes long.</summary>
    Sdk,
    Systemd,
}
