using System.Security.Cryptography;

/// <summary>Creates the application for the program and its tests.</summary>
public static class Site
{
    public static ModularApp Create(params string[] args)
    {
        var app = new ModularApp();
        app.UseCli(args);
//-:cnd:noEmit
#if DEBUG
        app.UseDebugger();
#endif
//+:cnd:noEmit
        app.UseSessions(new() { SecretKey = app.Config["SECRET_KEY"] ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) });
        app.UseFlash();
        app.UseModularSiteEngine1();

        app.Get("/", Index);
        app.Get("/login", LoginForm);
        app.Post("/login", Login);
        app.Post("/logout", Logout);
        app.ErrorHandler(404, () => (RenderTemplate("not_found.html"), 404));
        return app;
    }

    static Markup Index() => RenderTemplate("index.html", ("user", Current.Session.Find<string>("user")));

    static Markup LoginForm() => RenderTemplate("login.html");

    static Response Login()
    {
        var name = Current.Request.Form["name"].Trim();
        if (name.Length == 0)
        {
            Flash("Please enter your name.", "error");
            return Redirect(UrlFor(nameof(LoginForm)));
        }
        Current.Session["user"] = name;
        Flash($"Welcome, {name}!");
        return Redirect(UrlFor(nameof(Index)));
    }

    static Response Logout()
    {
        Current.Session.Remove("user");
        Flash("See you soon.");
        return Redirect(UrlFor(nameof(Index)));
    }
}
