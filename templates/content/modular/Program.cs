var app = new ModularApp();

app.Route("/", () => Html($"<h1>Hello World!</h1><p><a href=\"{UrlFor("hello", ("name", "you"))}\">And hello you</a></p>"));
app.Route("/hello/<name>", (string name) => Html($"<h1>Hello {name}!</h1>"), endpoint: "hello");

app.Run();
