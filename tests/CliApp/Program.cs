// A shop with a command line, for the tests that need a process or a terminal of their own.
using CliApp;

var app = Shop.Make(args);
if (Environment.GetEnvironmentVariable("SHOP_ASYNC") == "1") await app.RunAsync(port: 0);
else app.Run(port: 0);
Console.WriteLine("after");
