namespace Modular;

/// <summary>The client didn't send a value that the view reads: a 400. <c>Find</c> returns null instead.</summary>
public sealed class MissingKeyException(string key, string where) : HttpException(400)
{
    /// <summary>For logs: it names the key and the dictionary. The client doesn't see it.</summary>
    public override string Message => $"{where} has no value named \"{key}\". Read it with {where}.Find(\"{key}\") if it may be missing.";
}
