namespace Modular;

/// <summary>Writes a rule's host part and path with values in the places of its variables.</summary>
static class RuleUrl
{
    /// <summary>The host or subdomain. Without variables it is a string that exists already.</summary>
    /// <exception cref="ModularException">A value would end the host, and so lead to another one.</exception>
    internal static string Domain(Rule rule, UrlValues values)
    {
        if (rule.DomainPieces is []) return "";
        if (rule.DomainPieces is [{ Text: { } fixedText }]) return fixedText;
        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        Append(ref writer, rule, rule.DomainPieces, values);
        var domain = writer.ToStringAndDispose();
        if (domain.AsSpan().ContainsAny('/', '@'))
            throw new ModularException(
                $"The values for the rule \"{rule.Text}\" give the host \"{domain}\". Give values without slashes and at signs there.");
        return domain;
    }

    /// <summary>The path with exactly one slash in front, so that no value can make it name another host.</summary>
    internal static void AppendPath(ref UrlWriter writer, Rule rule, UrlValues values)
    {
        var start = writer.Length;
        Append(ref writer, rule, rule.PathPieces, values);
        writer.BeginWithOneSlash(start);
    }

    static void Append(ref UrlWriter writer, Rule rule, UrlPiece[] pieces, UrlValues values)
    {
        foreach (var piece in pieces)
        {
            if (piece.Text is { } text) writer.Append(text);
            else AppendVariable(ref writer, rule, piece.Variable, values);
        }
    }

    static void AppendVariable(ref UrlWriter writer, Rule rule, int variable, UrlValues values)
    {
        var name = rule.Variables[variable];
        try
        {
            rule.Converters[variable].AppendUrl(ref writer, values.Find(name) ?? "");
        }
        catch (FormatException error)
        {
            writer.Dispose();
            throw new ModularException(
                $"The variable \"{name}\" of the rule \"{rule.Text}\" cannot be filled: {error.Message.TrimEnd('.')}."
                + " Give a value that its converter takes.",
                error);
        }
    }
}
