// One of several instances of an application that keep their sessions in one Redis.
var app = new ModularApp();
app.Services.AddStackExchangeRedisCache(redis => redis.Configuration = Environment.GetEnvironmentVariable("REDIS"));
app.UseSessions(new() { SecretKey = Environment.GetEnvironmentVariable("SECRET_KEY")!, Store = new() });
app.Route("/count", () => $"{Current.Session["count"] = Current.Session.Get("count", 0) + 1}", endpoint: "count");
app.Route("/hang", async (HttpContext http) =>
{
    Current.Session["count"] = -1;
    await http.Response.WriteAsync("hanging");
    await http.Response.Body.FlushAsync();
    await Task.Delay(Timeout.Infinite, http.RequestAborted);
}, endpoint: "hang");
app.Run(port: 0);
