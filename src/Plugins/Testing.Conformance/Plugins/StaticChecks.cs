using System.CodeDom.Compiler;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Modular.Testing.Conformance;

/// <summary>What stays in the process when applications end.</summary>
static class StaticChecks
{
    const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    internal static async Task KeepsNone(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy = "Keep the state of an application in its services, slots and closures. " +
            "A cache that all applications can share belongs in AllowedStatics.";
        findings.Try("reading the static fields of the plugin's assembly", Remedy);
        if (plugin.FindAssembly() is not { } assembly) return;         // the check of the manifest reports it
        List<FieldInfo> fields = [.. TypesOf(assembly).SelectMany(type => type.GetFields(Statics)).Where(IsState)];
        foreach (var field in fields.Where(field => !field.IsInitOnly && !IsAllowed(field)))
            findings.Add($"the field {NameOf(field)} can change", Remedy);

        findings.Try("counting the static collections before and after two more applications", Remedy);
        await plugin.Statuses(plugin.Whole());
        List<(FieldInfo Field, int Count)> before = [.. fields.Where(field => field.IsInitOnly && !IsAllowed(field))
            .Select(field => (field, CountOf(field))).Where(item => item.Item2 >= 0)];
        for (var i = 0; i < 2; i++) await plugin.Statuses(plugin.Whole());
        foreach (var (field, count) in before)
            if (CountOf(field) is var now && now > count) findings.Add($"{NameOf(field)} grew from {count} to {now} items", Remedy);

        bool IsAllowed(FieldInfo field) => plugin.Kit.AllowedStatics.Any(allowed =>
            NameOf(field) == allowed || NameOf(field).EndsWith($".{allowed}", StringComparison.Ordinal));
    }

    internal static async Task ReleasesApplications(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy =
            "Remove the application and its services from static fields, static events, timers and threads when it is disposed of.";
        findings.Try("collecting the memory of an application that ended", Remedy);
        if (!await IsReleased(plugin.Without())) return;            // also without the plugin
        if (!await IsReleased([.. plugin.Kit.With, plugin.Kit.Install]))
            findings.Add("it is still in memory", Remedy);

        async Task<bool> IsReleased(IReadOnlyList<Action<ModularApp>> installs)
        {
            var ended = await Run(installs);
            // On a busy machine, a thread of the ended application leaves its last method late. Two seconds at most.
            for (var pause = 1; pause <= 1024 && ended.IsAlive; pause *= 2)
            {
                await Task.Delay(pause, cancellationToken);
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
            return !ended.IsAlive;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        async Task<WeakReference> Run(IReadOnlyList<Action<ModularApp>> installs)
        {
            var app = plugin.New(installs);
            await using (app)
            {
                await using var client = app.TestClient();
                await client.GetAsync(PluginUnderTest.Plain);
            }
            return new(app);
        }
    }

    // Without what compilers and generators write.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Tests aren't trimmed.")]
    static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetTypes().Where(type =>
        !type.FullName!.Contains('<', StringComparison.Ordinal) && !type.IsDefined(typeof(GeneratedCodeAttribute), false));

    static bool IsState(FieldInfo field) => !field.IsLiteral && !field.IsDefined(typeof(GeneratedCodeAttribute), false)
        && !field.Name.StartsWith("<>", StringComparison.Ordinal) && !field.Name.StartsWith("s_default", StringComparison.Ordinal);

    static string NameOf(FieldInfo field) => $"{field.DeclaringType!.FullName!.Replace('+', '.')}." +
        (field.Name is ['<', ..] ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name);

    // -1 when the field isn't a collection that can be counted.
    static int CountOf(FieldInfo field)
    {
        if (field.DeclaringType!.ContainsGenericParameters) return -1;
        return field.GetValue(null) switch
        {
            ICollection items => items.Count,
            IEnumerable items and not string when items.GetType().GetProperty("Count") is { } count && count.PropertyType == typeof(int)
                => (int)count.GetValue(items)!,
            IEnumerable items when items.GetType() is { IsGenericType: true } type
                && type.GetGenericTypeDefinition() == typeof(ConditionalWeakTable<,>) => items.Cast<object>().Count(),
            _ => -1,
        };
    }
}
