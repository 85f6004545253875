// One of several instances of an application that keep their sessions in one Redis.
var app = new ModularApp();
var (arrived, released) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
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

// /slow has read its session once /arrived answers, and writes it once /release was asked for.
app.Route("/slow", async () =>
{
    Current.Session["slow"] = true;
    arrived.SetResult();
    await released.Task;
    return "written";
}, endpoint: "slow");
app.Route("/arrived", async () =>
{
    await arrived.Task;
    return "yes";
}, endpoint: "arrived");
app.Route("/release", () =>
{
    released.SetResult();
    return "yes";
}, endpoint: "release");
app.Route("/clear", () =>
{
    Current.Session.Clear();
    return "cleared";
}, endpoint: "clear");
app.Route("/regenerate", () =>
{
    Current.Session.Regenerate();
    return "regenerated";
}, endpoint: "regenerate");
app.Run(port: 0);
