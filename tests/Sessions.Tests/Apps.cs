using System.Buffers.Text;
using System.IO.Compression;

namespace Modular.Sessions.Tests;

/// <summary>The applications of the tests.</summary>
static class Apps
{
    internal const string Key = "0123456789abcdef0123456789abcdef";

    internal static ModularApp New(SessionsOptions? options = null, ManualClock? clock = null)
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Services.AddSingleton<TimeProvider>(clock ?? new ManualClock());
        app.UseSessions(options ?? new() { SecretKey = Key });
        return app;
    }

    /// <summary>Adds a view that runs a function and returns its result.</summary>
    internal static ModularApp With(this ModularApp app, string path, Func<object?> view)
    {
        app.Route(path, () => $"{view()}", endpoint: path == "/" ? "index" : path.Trim('/'));
        return app;
    }

    /// <summary>A visitor without a cookie jar, who sends one cookie.</summary>
    internal static Task<TestResponse> GetAsync(this TestClient client, string path, string cookie) => client.GetAsync(path, new() { Headers = [("Cookie", cookie)] });

    internal static SessionSerializer Serializer(SecretKey? key = null, ManualClock? clock = null) => new(key ?? Key, clock: clock ?? new ManualClock());

    internal static string Cookie(object? value, SecretKey? key = null, ManualClock? clock = null) => $"session={Serializer(key, clock).Serialize(value)}";

    /// <summary>The content of a session's cookie, compressed or not.</summary>
    internal static string Json(string cookie)
    {
        var bytes = Base64Url.DecodeFromChars(cookie.TrimStart('.').Split('.')[0]);
        if (cookie[0] != '.') return bytes.Utf8();
        using var zlib = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var all = new MemoryStream();
        zlib.CopyTo(all);
        return all.ToArray().Utf8();
    }
}
