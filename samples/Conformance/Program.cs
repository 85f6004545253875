using System.Globalization;
using Conformance;

// The same application as the Flask application that it is compared with; see README.md.
var port = int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "5000", CultureInfo.InvariantCulture);
var secret = Environment.GetEnvironmentVariable("SECRET_KEY") ?? throw new ModularException(
    "SECRET_KEY isn't set. Start the program with: SECRET_KEY=… UPLOAD_DIR=/tmp/uploads dotnet run --project samples/Conformance");
var uploads = Environment.GetEnvironmentVariable("UPLOAD_DIR") ?? Path.Combine(Path.GetTempPath(), "uploads");

await Task.WhenAll(
    MainApp.Create(secret, uploads).RunAsync(port: port),
    PlainApp.Create().RunAsync(port: port + 1));
