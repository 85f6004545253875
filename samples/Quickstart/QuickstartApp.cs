using System.Security.Cryptography;

namespace Quickstart;

/// <summary>The quickstart application. Its tests create it without running it.</summary>
public static class QuickstartApp
{
    public static ModularApp Create()
    {
        var app = new ModularApp();
        // Set SECRET_KEY in production. Without it, each restart logs visitors out.
        app.UseSessions(new() { SecretKey = Environment.GetEnvironmentVariable("SECRET_KEY") ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) });
        app.UseFlash();
        app.UseJinja();

        // A minimal application
        app.Route("/hello-world", () => "<p>Hello, World!</p>", endpoint: "hello_world");

        // HTML escaping: the interpolated value is escaped, the rest isn't
        app.Route("/escape/<name>", (string name) => Html($"Hello, {name}!"), endpoint: "escape");

        // Routing and variable rules
        app.Route("/", Index);
        app.Route("/hello", Hello);
        app.Route("/user/<username>", ShowUserProfile);
        app.Route("/post/<int:postId>", (int postId) => $"Post {postId}", endpoint: "show_post");
        app.Route("/path/<path:subpath>", (string subpath) => Html($"Subpath {subpath}"), endpoint: "show_subpath");

        // Unique URLs: /projects redirects to /projects/, and /about/ isn't found
        app.Route("/projects/", () => "The project page", endpoint: "projects");
        app.Route("/about", () => "The about page", endpoint: "about");

        // HTTP methods: one view for both, or one view each
        app.Route("/login", Login, methods: ["GET", "POST"]);
        app.Get("/signin", () => LoginForm(), endpoint: "signin");
        app.Post("/signin", () => DoTheLogin(), endpoint: "signin_post");

        // Rendering templates: templates/hello.html is the same as in Flask's quickstart
        app.Route("/hello/", () => RenderTemplate("hello.html"), endpoint: "hello_template");
        app.Route("/hello/<name>", (string name) => RenderTemplate("hello.html", ("name", name)), endpoint: "hello_template_name");

        // The request object
        app.Route("/search", () => Html($"You searched for {Current.Request.Args.Get("key", "")}"), endpoint: "search");

        // Cookies
        app.Route("/cookie", () => Html($"Your name is {Current.Request.Cookies.Get("username", "not known")}"), endpoint: "cookie");
        app.Route("/cookie/set", () =>
        {
            var response = MakeResponse("Remembered");
            response.SetCookie("username", "the username");
            return response;
        }, endpoint: "set_cookie");

        // File uploads
        app.UseUploads();
        app.Route("/upload", UploadForm);
        app.Post("/upload", async () =>
        {
            var file = Current.Request.Files["the_file"];
            var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "quickstart-uploads"));
            await file.SaveAsync(new LocalFolder(folder.FullName));
            return Html($"Uploaded {SecureFilename(file.FileName)}, {file.Length} bytes");
        }, endpoint: "upload_file");

        // Sessions, and message flashing
        app.Route("/session", SessionIndex);
        app.Route("/session/login", SessionLogin, methods: ["GET", "POST"]);
        app.Route("/session/logout", SessionLogout);

        // Redirects and errors
        app.Route("/secret", () => Redirect(UrlFor("forbidden")), endpoint: "secret");
        app.Route("/forbidden", () => Abort(401), endpoint: "forbidden");
        app.ErrorHandler(404, () => (Html($"<h1>Page Not Found</h1><p>There is nothing at <code>{Current.Request.Path}</code>."), 404));

        // About responses: set headers on a response
        app.Route("/teapot", () =>
        {
            var response = MakeResponse("I am a teapot", 418);
            response.Headers["X-Something"] = "A value";
            return response;
        }, endpoint: "teapot");

        // APIs with JSON
        app.Route("/me", () => new { Username = "peter", Theme = "dark", Image = UrlFor("static", ("filename", "peter.png")) }, endpoint: "me");
        app.Route("/users", () => new[] { new User("peter"), new User("mary") }, endpoint: "users");

        // Logging
        app.Route("/log", () =>
        {
            app.Logger.LogDebug("A value for debugging");
            app.Logger.LogWarning("A warning occurred ({Count} apples)", 42);
            app.Logger.LogError("An error occurred");
            return "Logged";
        }, endpoint: "log");

        // Middleware: the application is a delegate that can be wrapped
        var inner = app.AppDelegate;
        app.AppDelegate = http =>
        {
            http.Response.Headers["X-Middleware"] = "on";
            return inner(http);
        };

        // Behind a reverse proxy on this machine: only its forwarded headers are trusted
        app.AppDelegate = ProxyFix.Wrap(app.AppDelegate, new() { For = 1, Proto = 1, TrustedProxies = ["127.0.0.1", "::1"] });
        return app;
    }

    static Markup Page(string title, Markup content) => Html($"""
        <!doctype html>
        <html lang="en">
        <meta name="viewport" content="width=device-width">
        <title>{title}</title>
        <link rel="stylesheet" href="{UrlFor("static", ("filename", "style.css"))}">
        <main>
        <h1>{title}</h1>
        {content}
        </main>
        """);

    static Markup Index() => Page("Modular: quickstart", Html($"""
        <ul>
          <li><a href="{UrlFor("Hello")}">A minimal view</a>
          <li><a href="{UrlFor("ShowUserProfile", ("username", "John Doe"))}">A variable in the rule</a>
          <li><a href="{UrlFor("escape", ("name", "<img src=x onerror=alert('bad')>"))}">A hostile name, escaped</a>
          <li><a href="{UrlFor("show_post", ("postId", 42))}">A number in the rule</a>
          <li><a href="{UrlFor("projects")}">A URL with its slash</a>
          <li><a href="{UrlFor("Login", ("next", "/"))}">A form</a>
          <li><a href="{UrlFor("set_cookie")}">A cookie</a>
          <li><a href="{UrlFor("UploadForm")}">An upload</a>
          <li><a href="{UrlFor("SessionIndex")}">Who is logged in</a>
          <li><a href="{UrlFor("secret")}">A redirect that ends in 401</a>
          <li><a href="/nothing/here">A page of our own for 404</a>
          <li><a href="{UrlFor("me")}">JSON</a>
        </ul>
        """));

    static string Hello() => "Hello, World";

    static Markup ShowUserProfile(string username) => Html($"User {username}");

    static Markup SessionIndex()
    {
        var content = Markup.Empty;
        foreach (var (category, message) in GetFlashedMessages()) content += Html($"<p class=\"{category}\">{message}</p>");
        return Page("Session", content + (Current.Session.ContainsKey("username")
            ? Html($"Logged in as {Current.Session["username"]}, <a href=\"{UrlFor("SessionLogout")}\">log out</a>")
            : Html($"You are not logged in, <a href=\"{UrlFor("SessionLogin")}\">log in</a>")));
    }

    static Response SessionLogin()
    {
        if (Current.Request.Method != "POST") return Page("Log in", Html($"<form method=\"post\"><input name=\"username\" aria-label=\"Name\"><button>Log in</button></form>"));
        Current.Session.Regenerate();
        Current.Session["username"] = Current.Request.Form["username"];
        Flash("You were logged in", "info");
        return Redirect(UrlFor("SessionIndex"));
    }

    static Response SessionLogout()
    {
        if (Current.Session.Remove("username")) Flash("You were logged out");
        return Redirect(UrlFor("SessionIndex"));
    }

    static Response Login() => Current.Request.Method == "POST" ? DoTheLogin() : LoginForm();

    static Markup LoginForm() => Page("Log in", Html($"""
        <form method="post"><input name="username" aria-label="Name"><input name="password" type="password" aria-label="Password"><button>Log in</button></form>
        """));

    static Markup UploadForm() => Page("Upload", Html($"""
        <form method="post" enctype="multipart/form-data"><input name="the_file" type="file" aria-label="File"><button>Upload</button></form>
        """));

    // A missing field automatically gets a 400.
    static Markup DoTheLogin() => Html($"Logged in as {Current.Request.Form["username"]}, with {Current.Request.Form["password"].Length} characters of password");

    sealed record User(string Username);
}
