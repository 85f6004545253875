// A site to show to a friend. MicroblogApp.cs is the place to begin to read; README.md says what the environment may set.
using Microblog;

try
{
    var settings = Settings.Read(Environment.GetEnvironmentVariable);
    MicroblogApp.Create(settings).UseCli(args).Run(settings.Host, settings.Port);
}
catch (ModularException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    Environment.ExitCode = 1;
}
