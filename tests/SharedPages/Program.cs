// One of several instances of an application that keep their pages in one Redis.
var app = new ModularApp();
var count = 0;
app.Services.AddStackExchangeRedisCache(redis => redis.Configuration = Environment.GetEnvironmentVariable("REDIS"));
app.UseCaching();
app.Get("/page", () => $"{Environment.ProcessId} {++count}", endpoint: "page").Cached(TimeSpan.FromMinutes(5), o => o.Tags = ["pages"]);
app.Post("/remove", async () =>
{
    await Current.Cache.RemoveByTagAsync("pages");
    return "removed";
}, endpoint: "remove");
app.Run(port: 0);
