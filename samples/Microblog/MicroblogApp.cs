using Microblog.Data;
using Microblog.Pages;

namespace Microblog;

/// <summary>The application: its parts and their order.</summary>
public static class MicroblogApp
{
    public static ModularApp Create(Settings settings)
    {
        Directory.CreateDirectory(settings.DataFolder);
        var app = new ModularApp(new()
        {
            Limits = new UploadLimits { MaxContentLength = 6_000_000, MaxFileSize = Pictures.MaxBytes, MaxFormMemorySize = 100_000, MaxFormParts = 20 },
        });
        UsePlugins(app, settings);

        app.BeforeRequest(Logins.LoadForPages);
        app.AfterRequest((context, response) => SafeHeaders.Add(context, response, settings.Https));
        app.ContextProcessor(_ => [("me", Current.FindUser<User>())]);
        PageWords.AddTo(app);
        ErrorPages.AddTo(app);

        app.Register(TimelinePages.Blueprint());
        app.Register(PostPages.Blueprint());
        app.Register(PeoplePages.Blueprint());
        app.Register(AccountPages.Blueprint());
        app.Register(SettingsPages.Blueprint());
        app.Register(AdminPages.Blueprint());
        app.Register(Api.Blueprint());
        return app;
    }

    static void UsePlugins(ModularApp app, Settings settings)
    {
        if (settings.TrustedProxies.Count > 0) app.UseProxyFix(new() { For = 1, Proto = 1, Host = 1, Prefix = 1, TrustedProxies = settings.TrustedProxies });
        app.UseLogging(new() { Except = ["/static/*", "/pictures/*", "/health"] });
        app.UseSessions(new()
        {
            SecretKey = settings.SecretKey ?? KeyFile.ReadOrMake(Path.Combine(settings.DataFolder, "secret.key")),
            CookieName = "microblog",
            CookieSecure = settings.Https,
            CookieSameSite = SameSiteMode.Lax,
            RefreshEachRequest = false,             // a cacheable picture must not set a cookie
            Store = settings.Redis is null ? null : new(),
        });
        if (settings.Redis is not null) app.Services.AddStackExchangeRedisCache(redis => redis.Configuration = settings.Redis);
        app.UseLogin(Logins.Load, Logins.Options);
        app.UseCsrf();
        app.UseCaching(PublicPages.Options(settings));
        app.UseFlash();
        app.UseUploads(new() { MemoryThreshold = 64 * 1024 });
        app.UseTemplating(new() { Folders = [$"templates/{settings.Engine}"], Preload = true });
        _ = settings.Engine switch
        {
            "jinja" => app.UseJinja(),
            "liquid" => app.UseLiquid(),
            _ => app.UseHandlebars(),
        };

        app.Services.AddSingleton(TimeProvider.System);
        app.Services.AddSingleton(new Pictures(Path.Combine(settings.DataFolder, "pictures")));
        app.UseDatabase(Path.Combine(settings.DataFolder, "microblog.db"));
        if (settings.SampleContent) app.Services.AddHostedService<SampleContent>();
        app.Services.AddHealthChecks().AddCheck<Database>("database");
        app.UseMiddleware(asp => asp.UseHealthChecks("/health"));
    }
}
