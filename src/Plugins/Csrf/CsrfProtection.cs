using System.IO.Pipelines;
using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Modular.Sessions;

namespace Modular.Csrf;

/// <summary>The protection of one application.</summary>
sealed class CsrfProtection(CsrfOptions options, ILogger logger)
{
    TimeProvider _clock = TimeProvider.System;
    OriginCheck _origins = new([]);

    internal IEnumerable<string> Freeze(TimeProvider clock)
    {
        (_clock, _origins) = (clock, new(options.TrustedOrigins));
        return options.TrustedOrigins.Select(OriginCheck.Problem).OfType<string>();
    }

    internal string TokenOf(RequestContext context) => CsrfTokens.Make(context.Session, _clock.GetUtcNow());

    internal Markup FieldOf(RequestContext context) =>
        Functions.Html($"<input type=\"hidden\" name=\"{options.FieldName}\" value=\"{TokenOf(context)}\">");

    /// <summary>The hook of every request. Those that no rule matches end in their 404 or 405.</summary>
    internal ValueTask CheckRuleAsync(RequestContext context) =>
        context.Rule is null || IsExempt(context.Http.GetEndpoint()) ? default : CheckAsync(context);

    internal ValueTask CheckAsync(RequestContext context)
    {
        var http = context.Http;
        var isSocket = http.WebSockets.IsWebSocketRequest;
        if (!options.Enabled || (IsSafe(http.Request.Method) && !isSocket)) return default;
        if (_origins.IsForeign(http.Request))
        {
            LogForeign(context);
            throw new CsrfException(CsrfReason.CrossSite);
        }
        // No page can add a header or a field to a handshake.
        return isSocket || HasBearerToken(http.Request) ? default : CheckTokenAsync(context);
    }

    async ValueTask CheckTokenAsync(RequestContext context)
    {
        var token = InHeader(context.Request) ?? await InFormAsync(context);
        var problem = string.IsNullOrEmpty(token)
            ? CsrfReason.TokenMissing
            : CsrfTokens.ProblemOf(token, context.Session, _clock.GetUtcNow(), options.Lifetime);
        if (problem is { } reason) throw new CsrfException(reason);
    }

    string? InHeader(Request request)
    {
        foreach (var name in options.HeaderNames)
            if (request.Headers[name] is [{ Length: > 0 } token, ..]) return token;
        return null;
    }

    async ValueTask<string?> InFormAsync(RequestContext context)
    {
        var request = context.Request;
        if (request.MimeType is not ("application/x-www-form-urlencoded" or "multipart/form-data")) return null;
        if (!ReadsBody(context.Http.GetEndpoint()))
        {
            await request.ReadBodyAsync(context.RequestAborted);
            return request.Form.Find(options.FieldName);
        }
        var token = await FirstField.ReadAsync(context, options.FieldName);
        if (token is null) CsrfLog.Streamed(logger, request.Method, Quoted.Text(request.Path), options.HeaderNames.FirstOrDefault("-"));
        return token;
    }

    void LogForeign(RequestContext context)
    {
        var (request, headers) = (context.Http.Request, context.Http.Request.Headers);
        CsrfLog.CrossSite(logger, request.Method, Quoted.Text(context.Request.Path), Quoted.Text(headers["Sec-Fetch-Site"].ToString()),
            Quoted.Text(headers.Origin.ToString()), Quoted.Text(headers.Referer.ToString()), Quoted.Text(request.Host.Value ?? ""));
    }

    // Browsers never add such a header themselves, unlike cookies and Basic, and a page of another site can't.
    static bool HasBearerToken(HttpRequest request) => request.Headers.Authorization is [{ } sent]
        && sent.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    // ASP.NET's .DisableAntiforgery() has the same meaning.
    static bool IsExempt(Endpoint? endpoint) => endpoint?.Metadata is { } metadata
        && (metadata.GetMetadata<CsrfExemptAttribute>() is not null
            || metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false });

    // Such a view needs the body as it arrives, so nothing may read it before.
    static bool ReadsBody(Endpoint? endpoint) => endpoint?.Metadata is { } metadata
        && (metadata.GetMetadata<ReadsBodyAttribute>() is not null
            || (metadata.GetMetadata<MethodInfo>() is { } view && Array.Exists(view.GetParameters(), parameter =>
                parameter.ParameterType == typeof(Stream) || parameter.ParameterType == typeof(PipeReader)
                || parameter.ParameterType.IsDefined(typeof(PluginParameterAttribute), inherit: false))));
}
