using FormReading = System.Func<
    Modular.RequestContext, System.IO.Stream, System.Threading.CancellationToken, System.Threading.Tasks.ValueTask<Modular.MultiDict>>;

namespace Modular;

sealed record AppPlan
{
    internal required SlotValues Parts { get; init; }
    internal required ModularOptions Options { get; init; }
    internal required bool IsDebug { get; init; }
    internal required Action<RequestContext, Exception>? ExceptionListeners { get; init; }     // null without listeners
    internal required RouteTable Routes { get; init; }
    internal required ViewEndpoint[] Endpoints { get; init; }
    internal required IServiceProvider Services { get; init; }
    internal required bool OwnsRequestServices { get; init; }
    internal required IReadOnlyDictionary<string, FormReading> FormReaders { get; init; }
    internal required TimeProvider Time { get; init; }
    internal required ILogger Logger { get; init; }
    internal required JsonSerializerOptions Json { get; init; }
    internal required HookChain AppHooks { get; init; }
    internal required IReadOnlyList<(string Prefix, HookChain Chain)> NotFoundChains { get; init; }
    internal required IReadOnlyList<(object Slot, Func<RequestContext, object> Open)> Openers { get; init; }
    internal required IReadOnlyDictionary<object, Func<RequestContext, Task<object>>> AsyncOpeners { get; init; }
    internal required bool MatchesPlace { get; init; }                      // hosts, subdomains or WebSockets decide too
    internal required IReadOnlyList<string> TrustedHosts { get; init; }
    internal required IReadOnlyList<UrlBuildErrorHandler> UrlBuildErrors { get; init; }
    internal required bool HasUrlDefaults { get; init; }
    internal required bool? Propagates { get; init; }                       // null leaves it to the ExceptionPropagation of each request

    internal T Part<T>(Slot<T> slot) where T : class => Parts.Find(slot) ?? throw new ModularException(
        $"The application has no {slot}. Build it with new ModularApp(…).");

    internal bool Traps(HttpException error) => Options.TrapHttpExceptions
        || (error.Status == 400 && (Options.TrapBadRequestErrors ?? (IsDebug && error is MissingKeyException)));
}
