namespace Modular;

/// <summary>The frozen application: everything that a request needs, composed once.</summary>
sealed record AppPlan
{
    /// <summary>The parts that the floors above keep here for a request: the application, its converter.</summary>
    internal required SlotValues Parts { get; init; }

    /// <summary>A part of the application.</summary>
    /// <exception cref="ModularException">Nobody put it there.</exception>
    internal T Part<T>(Slot<T> slot) where T : class => Parts.Find(slot) ?? throw new ModularException(
        $"The application has no {slot}. Build it with new ModularApp(…).");

    internal required ModularOptions Options { get; init; }
    internal required bool IsDebug { get; init; }

    /// <summary>Who listens to exceptions that nobody handled; null when nobody does.</summary>
    internal required Action<RequestContext, Exception>? ExceptionListeners { get; init; }

    internal required RouteTable Routes { get; init; }

    /// <summary>What each rule leads to, by <see cref="Rule.Index"/>.</summary>
    internal required ViewEndpoint[] Endpoints { get; init; }
    internal required IServiceProvider Services { get; init; }

    /// <summary>True when <c>HttpContext.RequestServices</c> are scopes of <see cref="Services"/>.</summary>
    internal required bool OwnsRequestServices { get; init; }

    /// <summary>What plugins read forms with, by their media type.</summary>
    internal required IReadOnlyDictionary<string, Func<RequestContext, Stream, CancellationToken, ValueTask<MultiDict>>> FormReaders { get; init; }

    /// <summary>The clock.</summary>
    internal required TimeProvider Time { get; init; }

    internal required ILogger Logger { get; init; }
    internal required System.Text.Json.JsonSerializerOptions Json { get; init; }

    /// <summary>Hooks of requests that no rule matched.</summary>
    internal required HookChain AppHooks { get; init; }

    /// <summary>Blueprints that answer for the paths under their prefix that no rule matched; the longest prefix first.</summary>
    internal required IReadOnlyList<(string Prefix, HookChain Chain)> MissChains { get; init; }

    /// <summary>Plugins' slots, filled on their first read.</summary>
    internal required IReadOnlyList<(object Slot, Func<RequestContext, object> Open)> Openers { get; init; }

    /// <summary>True when the host or a WebSocket handshake can decide which rule matches.</summary>
    internal required bool MatchesPlace { get; init; }

    /// <summary>The hosts that are answered; empty for all.</summary>
    internal required IReadOnlyList<string> TrustedHosts { get; init; }

    /// <summary>The UrlDefaults functions and build-error handlers.</summary>
    internal required UrlHooks UrlHooks { get; init; }

    /// <summary>Who looks at requests from outside.</summary>
    internal required RequestWatchers Watchers { get; init; }

    /// <summary>Whether exceptions that nobody handles go on to whoever calls the application; null leaves it to the <see cref="ExceptionPropagation"/> of each request.</summary>
    internal required bool? Propagates { get; init; }

    /// <summary>True when an HTTP error without a handler is treated as an exception of the application.</summary>
    internal bool Traps(HttpException error) => Options.TrapHttpExceptions
        || (error.Status == 400 && (Options.TrapBadRequestErrors ?? (IsDebug && error is MissingKeyException)));
}
