// Flask's quickstart, section by section, as far as the core alone goes.
using Quickstart;

var app = QuickstartApp.Create();
app.UseCli(args);       // --help says what else can be asked
app.Run(port: int.TryParse(Environment.GetEnvironmentVariable("PORT"), out var port) ? port : 5000);
