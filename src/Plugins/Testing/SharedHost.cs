using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Testing;

/// <summary>The host of an application. All its clients share it and its services. It stops with the last client.</summary>
sealed class SharedHost
{
    static readonly ConditionalWeakTable<ModularApp, SharedHost> Hosts = [];
    static readonly Lock Gate = new();

    readonly ModularApp _app;
    readonly bool _propagates;
    readonly WebApplication _host;
    int _clients;

    SharedHost(ModularApp app, bool propagates)
    {
        (_app, _propagates) = (app, propagates);
        _host = app.Build(Configure, app.PropagatesExceptions ?? propagates);
        Started = _host.StartAsync();
    }

    internal Task Started { get; }

    static void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.UseTestServer(server => server.PreserveExecutionContext = false);
        builder.Services.AddSingleton<IRequestObserver, ClientObserver>();
    }

    /// <summary>The application's clock.</summary>
    internal TimeProvider Clock => _host.Services.GetRequiredService<TimeProvider>();

    /// <summary>The application's host for another client.</summary>
    internal static SharedHost Join(ModularApp app, bool propagates)
    {
        lock (Gate)
        {
            if (!Hosts.TryGetValue(app, out var host)) Hosts.Add(app, host = new(app, propagates));
            if (host._propagates != propagates) throw new InvalidOperationException(
                $"A client of this application has PropagateExceptions = {(host._propagates ? "true" : "false")}, which applies to the " +
                "whole application. Dispose that client first, or set the same value for both.");
            host._clients++;
            return host;
        }
    }

    /// <summary>The handler that sends a request.</summary>
    /// <param name="address">Contains the mount path of the application.</param>
    /// <param name="receive">Receives the context before the application.</param>
    internal HttpMessageHandler Handler(Uri address, Action<HttpContext> receive)
    {
        var server = _host.GetTestServer();
        lock (Gate)
        {
            server.BaseAddress = address;
            return server.CreateHandler(receive);
        }
    }

    /// <summary>The client that opens a WebSocket.</summary>
    /// <inheritdoc cref="Handler"/>
    internal WebSocketClient WebSockets(Uri address)
    {
        var server = _host.GetTestServer();
        lock (Gate)
        {
            server.BaseAddress = address;
            return server.CreateWebSocketClient();
        }
    }

    internal async ValueTask LeaveAsync()
    {
        lock (Gate)
        {
            if (--_clients > 0) return;
            Hosts.Remove(_app);
        }
        await Started;
        await _host.DisposeAsync();
    }
}
