using System.Globalization;

namespace Microblog;

/// <summary>The validated settings from the environment.</summary>
public sealed record Settings
{
    static readonly string[] Engines = ["handlebars", "jinja", "liquid"];

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 5000;

    /// <summary>The template engine, which is also the name of the template folder.</summary>
    public string Engine { get; init; } = "handlebars";

    /// <summary>The folder for the database, the pictures and the key.</summary>
    public string DataFolder { get; init; } = "microblog-data";

    /// <summary>Null: the key in the data folder, which is created at the first start.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The Redis server for sessions. Null keeps sessions in cookies.</summary>
    public string? Redis { get; init; }

    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>True when the site is only available over HTTPS.</summary>
    public bool Https { get; init; }

    /// <summary>True adds sample users and posts to an empty database.</summary>
    public bool SampleContent { get; init; } = true;

    /// <param name="of">Returns the value of an environment variable, or null.</param>
    public static Settings Read(Func<string, string?> of)
    {
        var engine = of("ENGINE") ?? "handlebars";
        if (!Engines.Contains(engine)) throw new ModularException($"ENGINE is \"{engine}\". Write {string.Join(", ", Engines[..^1])} or {Engines[^1]}.");
        return new()
        {
            Host = of("HOST") ?? "127.0.0.1",
            Port = ReadPort(of("PORT") ?? "5000"),
            Engine = engine,
            DataFolder = Path.GetFullPath(of("DATA") ?? "microblog-data"),
            SecretKey = of("SECRET_KEY"),
            Redis = of("REDIS"),
            TrustedProxies = (of("TRUSTED_PROXIES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Https = of("HTTPS") == "1",
            SampleContent = of("SAMPLE_CONTENT") != "0",
        };
    }

    static int ReadPort(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535 ? port
        : throw new ModularException($"PORT is \"{text}\". Write a number from 0 to 65535. 0 selects a free port.");
}
