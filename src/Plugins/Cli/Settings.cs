using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Modular.Cli;

/// <summary>One setting in effect.</summary>
sealed record Setting(string Name, string? Value, string Source)
{
    internal bool IsSecret => Secrets.IsOne(Name, Value);

    /// <summary>The value, or a fixed number of stars for a secret, so that its length is hidden.</summary>
    internal string? Shown => IsSecret ? "********" : Value;
}

/// <summary>Collects the settings of an application: its options, then its configuration.</summary>
static class Settings
{
    const string Default = "default";

    internal static IEnumerable<Setting> Of(ModularApp app) => [.. Options(app), .. Configuration(app)];

    static IEnumerable<Setting> Options(ModularApp app)
    {
        var (given, usual) = (app.Options, new ModularOptions());
        yield return new("app.Debug", Text(app.Debug), Environment.GetEnvironmentVariable("MODULAR_DEBUG") is { Length: > 0 } && app.Debug
            ? "environment variable MODULAR_DEBUG"
            : app.Debug ? "program" : Default);
        yield return new("app.Name", app.Name, given.Name is null ? Default : "program");
        yield return Row(nameof(given.RootPath), given.RootPath, usual.RootPath);
        yield return Row(nameof(given.StaticFolder), given.StaticFolder, usual.StaticFolder);
        yield return Row(nameof(given.StaticUrlPath), given.StaticUrlPath, usual.StaticUrlPath);
        yield return Row(nameof(given.StaticHost), given.StaticHost, usual.StaticHost);
        yield return Row(nameof(given.SendFileMaxAge), given.SendFileMaxAge, usual.SendFileMaxAge);
        yield return Row(nameof(given.ServerName), given.ServerName, usual.ServerName);
        yield return Row(nameof(given.TrustedHosts), given.TrustedHosts, usual.TrustedHosts);
        yield return Row(nameof(given.ApplicationRoot), given.ApplicationRoot, usual.ApplicationRoot);
        yield return Row(nameof(given.PreferredUrlScheme), given.PreferredUrlScheme, usual.PreferredUrlScheme);
        yield return Row(nameof(given.NegotiateErrors), given.NegotiateErrors, usual.NegotiateErrors);
        yield return Row(nameof(given.TrapHttpExceptions), given.TrapHttpExceptions, usual.TrapHttpExceptions);
        yield return Row(nameof(given.TrapBadRequestErrors), given.TrapBadRequestErrors, usual.TrapBadRequestErrors);
        yield return Row("Limits.MaxContentLength", given.Limits.MaxContentLength, usual.Limits.MaxContentLength);
        yield return Row("Routing.HostMatching", given.Routing.HostMatching, usual.Routing.HostMatching);
        yield return Row("Routing.SubdomainMatching", given.Routing.SubdomainMatching, usual.Routing.SubdomainMatching);
        yield return Row("Routing.DefaultSubdomain", given.Routing.DefaultSubdomain, usual.Routing.DefaultSubdomain);
        yield return Row("Routing.StrictSlashes", given.Routing.StrictSlashes, usual.Routing.StrictSlashes);
        yield return Row("Routing.MergeSlashes", given.Routing.MergeSlashes, usual.Routing.MergeSlashes);
    }

    // The last provider with a key wins.
    static IEnumerable<Setting> Configuration(ModularApp app)
    {
        var providers = ((IConfigurationRoot)app.Config).Providers.Reverse().ToList();
        foreach (var (key, value) in app.Config.AsEnumerable().Where(pair => pair.Value is not null)
            .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase))
            yield return new(key, value, providers.Find(provider => provider.TryGet(key, out _)) is { } provider ? Source(provider) : "");
    }

    static string Source(IConfigurationProvider provider) => provider switch
    {
        FileConfigurationProvider file => $"file {file.Source.Path}",
        _ when provider.GetType().Name == "EnvironmentVariablesConfigurationProvider" => "environment",
        _ when provider.GetType().Name == "MemoryConfigurationProvider" => "program",
        _ => provider.ToString() ?? provider.GetType().Name,
    };

    static Setting Row(string name, object? value, object? usual) =>
        new($"Options.{name}", Text(value), Text(value) == Text(usual) ? Default : "program");

    static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
