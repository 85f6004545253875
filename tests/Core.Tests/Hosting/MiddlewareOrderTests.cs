using Microsoft.AspNetCore.Authentication;

namespace Modular.Tests.Hosting;

/// <summary>ASP.NET's middleware in an order that its documentation calls wrong is an error at the start, and not another behaviour.</summary>
public sealed class MiddlewareOrderTests
{
    [Fact]
    public void Authorization_in_front_of_authentication_is_refused() => Assert.Equal(
        "UseAuthentication comes after UseAuthorization, which takes every visitor for unknown. "
            + "Write app.Use(asp => asp.UseAuthentication()) before app.Use(asp => asp.UseAuthorization()).",
        Refused(asp => asp.UseAuthorization(), asp => asp.UseAuthentication()));

    [Fact]
    public void The_order_counts_within_one_call_too() => Assert.StartsWith(
        "UseAuthentication comes after UseAuthorization,",
        Refused(asp => asp.UseAuthorization().UseAuthentication()), StringComparison.Ordinal);

    [Fact]
    public void The_order_counts_in_a_branch_too() => Assert.StartsWith(
        "UseAuthentication comes after UseAuthorization,",
        Refused(asp => asp.UseWhen(_ => true, branch => branch.UseAuthorization().UseAuthentication())), StringComparison.Ordinal);

    [Fact]
    public void Antiforgery_in_front_of_authentication_is_refused() => Assert.StartsWith(
        "UseAuthentication comes after UseAntiforgery,",
        Refused(asp => asp.UseAntiforgery(), asp => asp.UseAuthentication()), StringComparison.Ordinal);

    [Fact]
    public void Antiforgery_in_front_of_authorization_is_refused() => Assert.StartsWith(
        "UseAuthorization comes after UseAntiforgery,",
        Refused(asp => asp.UseAuthentication(), asp => asp.UseAntiforgery(), asp => asp.UseAuthorization()), StringComparison.Ordinal);

    [Fact]
    public void Authorization_in_front_of_cors_is_refused() => Assert.StartsWith(
        "UseCors comes after UseAuthorization,",
        Refused(asp => asp.UseAuthentication(), asp => asp.UseAuthorization(), asp => asp.UseCors()), StringComparison.Ordinal);

    [Fact]
    public void A_cache_in_front_of_cors_is_refused()
    {
        Assert.StartsWith("UseCors comes after UseResponseCaching,", Refused(asp => asp.UseResponseCaching(), asp => asp.UseCors()), StringComparison.Ordinal);
        Assert.StartsWith("UseCors comes after UseOutputCache,", Refused(asp => asp.UseOutputCache(), asp => asp.UseCors()), StringComparison.Ordinal);
    }

    [Fact]
    public void Forwarded_headers_behind_what_reads_the_scheme_are_refused()
    {
        Assert.StartsWith("UseForwardedHeaders comes after UseHttpsRedirection,", Refused(asp => asp.UseHttpsRedirection(), asp => asp.UseForwardedHeaders()), StringComparison.Ordinal);
        Assert.StartsWith("UseForwardedHeaders comes after UseAuthentication,", Refused(asp => asp.UseAuthentication(), asp => asp.UseForwardedHeaders()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_order_starts_without_a_word()
    {
        var log = Started(asp => asp.UseForwardedHeaders(), asp => asp.UseHttpsRedirection(), asp => asp.UseCors(), asp => asp.UseAuthentication(),
            asp => asp.UseAuthorization(), asp => asp.UseAntiforgery(), asp => asp.UseOutputCache(), asp => asp.UseResponseCaching());

        Assert.Empty(log.Complaints);
    }

    [Fact]
    public void Authorization_without_authentication_is_logged()
    {
        var log = Started(asp => asp.UseAuthorization());

        Assert.Equal(["Warning: UseAuthorization has no UseAuthentication in front of it, so it takes every visitor for unknown. "
            + "Write app.Use(asp => asp.UseAuthentication()) before it, or sign visitors in by middleware of your own."], log.Complaints);
    }

    static string Refused(params Action<IApplicationBuilder>[] middleware) => Mistake.Of(() => Started(middleware));

    static LogLines Started(params Action<IApplicationBuilder>[] middleware)
    {
        var (app, log) = (new ModularApp { Debug = false }, new LogLines());
        app.Services.AddAuthentication("token").AddScheme<AuthenticationSchemeOptions, TokenHandler>("token", null);
        app.Services.AddAuthorization().AddAntiforgery().AddCors().AddResponseCaching().AddOutputCache().AddSingleton<ILoggerProvider>(log);
        foreach (var configure in middleware) app.Use(configure);
        using var host = (IDisposable)app.Build();
        return log;
    }
}
