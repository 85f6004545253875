namespace Modular;

/// <summary>A value that the view needs was not sent: answered with 400 unless the view looks with <c>Get</c> instead.</summary>
/// <param name="key">The name that was asked for.</param>
/// <param name="where">What was asked, as <c>Request.Form</c>.</param>
public sealed class MissingKeyException(string key, string where) : HttpException(400)
{
    /// <summary>For logs: it names the key and the dictionary. The client is not told.</summary>
    public override string Message => $"{where} has no value named \"{key}\". Read it with {where}.Get(\"{key}\") if it may be missing.";
}
