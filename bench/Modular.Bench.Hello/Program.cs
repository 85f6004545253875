using System.Globalization;
using Modular;

// The smallest application there is, for bench/startup.
var app = new ModularApp();
app.Route("/", () => "Hello World!", endpoint: "index");
app.Run(port: int.Parse(args[0], CultureInfo.InvariantCulture));
