using System.Globalization;

namespace Microblog;

/// <summary>What the environment says, checked.</summary>
public sealed record Settings
{
    static readonly string[] Engines = ["handlebars", "liquid"];

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 5000;

    /// <summary>Which folder of templates, and which engine, renders all pages.</summary>
    public string Engine { get; init; } = "handlebars";

    /// <summary>Where database, pictures and key lie.</summary>
    public string DataFolder { get; init; } = "microblog-data";

    /// <summary>Null: the one of the data folder, made at the first start.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Where sessions are kept; null keeps them in cookies.</summary>
    public string? Redis { get; init; }

    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The site is reached by HTTPS alone.</summary>
    public bool Https { get; init; }

    /// <summary>An empty database gets people and posts to look at.</summary>
    public bool SampleContent { get; init; } = true;

    /// <param name="of">Gives a variable's value, or null.</param>
    public static Settings Read(Func<string, string?> of)
    {
        var engine = of("ENGINE") ?? "handlebars";
        if (!Engines.Contains(engine)) throw new ModularException($"ENGINE is \"{engine}\". Write {string.Join(" or ", Engines)}.");
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
        : throw new ModularException($"PORT is \"{text}\". Write a number from 0 to 65535; 0 takes a free one.");
}
