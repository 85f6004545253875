namespace Conformance;

/// <summary>The main application: its settings and its parts.</summary>
public static class MainApp
{
    public static ModularApp Create(string secret, string uploadFolder)
    {
        Directory.CreateDirectory(uploadFolder);
        var app = new ModularApp(new() { Limits = new UploadLimits { MaxContentLength = 262_144, MaxFormParts = 1000 } });
        app.UseSessions(new() { SecretKey = secret, AllowWeakKey = true, CookieSameSite = SameSiteMode.Lax, RefreshUnused = true });
        app.UseFlash();
        app.UseUploads();
        app.UseLiquid();

        RoutingPart.AddTo(app);
        MethodsPart.AddTo(app);
        BuildingPart.AddTo(app);
        RequestPart.AddTo(app);
        ResponsePart.AddTo(app);
        CookiePart.AddTo(app);
        ErrorPart.AddTo(app);
        HooksPart.AddTo(app);
        SessionPart.AddTo(app);
        FlashPart.AddTo(app);
        UploadPart.AddTo(app, uploadFolder);
        TemplatePart.AddTo(app);
        MiddlewarePart.AddTo(app);
        return app;
    }
}
