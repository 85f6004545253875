// Start reading in MicroblogApp.cs. README.md lists the environment variables.
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
