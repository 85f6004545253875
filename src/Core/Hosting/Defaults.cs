using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Modular;

/// <summary>What an application has when nobody chose otherwise.</summary>
static class Defaults
{
    /// <summary>The web's options: camelCase names, ISO dates. Without a resolver where reflection is switched off, as in AOT applications.</summary>
    internal static JsonSerializerOptions Json { get; } = MakeJson();

    /// <summary>Services of an application that no host was built for.</summary>
    internal static ServiceProvider Build(AppSetup setup)
    {
        var services = new ServiceCollection();
        foreach (var service in setup.Services) services.Add(service);
        AddLogging(services);
        return services.BuildServiceProvider();
    }

    /// <summary>A console logger, unless a provider is there already.</summary>
    internal static void AddLogging(IServiceCollection services)
    {
        var hasProvider = services.Any(service => service.ServiceType == typeof(ILoggerProvider));
        services.AddLogging(logging =>
        {
            if (!hasProvider) logging.AddSimpleConsole();
        });
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where the application leaves reflection-based JSON switched on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where the application leaves reflection-based JSON switched on.")]
    static JsonSerializerOptions MakeJson() => new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : null,
        Converters = { new BigIntegerConverter() },
    };
}
