// Flask's quickstart, section by section.
using Quickstart;

var app = QuickstartApp.Create();
app.UseCli(args);       // --help lists the commands
app.Run(port: int.TryParse(Environment.GetEnvironmentVariable("PORT"), out var port) ? port : 5000);
