using Mono.Cecil;

namespace Modular.Architecture.Tests;

// The time of a comparison must not reveal the secret.
public sealed class SecretTests
{
    static readonly string[] Comparisons = ["SequenceEqual", "Equals", "op_Equality", "op_Inequality", "SequenceCompareTo", "CompareTo", "StartsWith", "EndsWith", "CommonPrefixLength"];

    [Fact]
    public void Signatures_are_compared_in_constant_time()
    {
        // No other code has a signature to compare with.
        Assert.Equal(["Signatures::Append", "Signatures::Matches"], Callers("KeyedHash", "Compute"));
        string[] comparers = ["CsrfTokens::ProblemOf", "Passwords::AreSame", "PinAuthenticator::AreSame", "Signatures::Matches"];
        Assert.Equal(comparers, Callers("CryptographicOperations", "FixedTimeEquals"));
        foreach (var name in comparers)
            Assert.DoesNotContain(Calls(Methods().Single(method => Name(method) == name)), called => Comparisons.Contains(called.Name));
    }

    static IEnumerable<string> Callers(string type, string method) =>
        Methods().Where(caller => Calls(caller).Any(called => called.DeclaringType.Name == type && called.Name == method)).Select(Name).Order(StringComparer.Ordinal);

    static IEnumerable<MethodDefinition> Methods() => Package.Plugins.SelectMany(plugin => plugin.Module.Types).SelectMany(Uses.WithNested).SelectMany(type => type.Methods).Where(method => method.HasBody);

    static IEnumerable<MethodReference> Calls(MethodDefinition method) => method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>();

    static string Name(MethodDefinition method) => $"{method.DeclaringType.Name}::{method.Name}";
}
