using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

// The same page without Modular, on ASP.NET's slim builder, for bench/startup.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
var app = builder.Build();
app.Run(http =>
{
    http.Response.ContentType = "text/html; charset=utf-8";
    return http.Response.WriteAsync("Hello World!");
});
await app.RunAsync();
