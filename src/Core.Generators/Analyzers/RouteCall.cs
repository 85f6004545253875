namespace Modular.Generators;

/// <summary>A call that binds a rule to a view.</summary>
sealed class RouteCall
{
    static readonly string[] Words = ["Get", "Post", "Put", "Patch", "Delete", "Route", "WebSocket"];

    RouteCall(IInvocationOperation call, ModularSymbols symbols)
    {
        (Call, IsOfApp) = (call, ModularSymbols.Same(Receiver(call)?.Type, symbols.App));
        foreach (var argument in call.Arguments)
        {
            var value = Unwrapped(argument.Value);
            switch (argument.Parameter?.Name)
            {
                case "rule":
                    (RuleArgument, Rule) = (argument.Value, argument.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null);
                    break;
                case "view":
                    View = value as IDelegateCreationOperation;
                    IsTextView = ModularSymbols.Same(argument.Parameter.Type.OriginalDefinition, symbols.TextView);
                    break;
                case "options" when argument.ArgumentKind == ArgumentKind.Explicit:
                    HasOptions = value is not ILiteralOperation;
                    break;
                case "methods" when argument.ArgumentKind == ArgumentKind.Explicit:
                    HasMethods = true;
                    break;
            }
        }
    }

    internal IInvocationOperation Call { get; }
    internal bool IsOfApp { get; }
    internal IOperation? RuleArgument { get; }
    internal string? Rule { get; }
    internal IDelegateCreationOperation? View { get; }
    internal bool IsTextView { get; }
    internal bool HasOptions { get; }
    internal bool HasMethods { get; }

    /// <summary>True when a request for the rule may have a body.</summary>
    internal bool MayHaveBody => HasMethods || HasOptions || Call.TargetMethod.Name is "Post" or "Put" or "Patch" or "Delete";

    internal IMethodSymbol? ViewMethod => View?.Target switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        IMethodReferenceOperation method => method.Method,
        _ => null,
    };

    internal static RouteCall? Of(IInvocationOperation call, ModularSymbols symbols) =>
        Words.Contains(call.TargetMethod.Name) && (ModularSymbols.Same(call.TargetMethod.ContainingType, symbols.RouteGroup) || ModularSymbols.Same(ModularSymbols.ExtendedBy(call.TargetMethod), symbols.RouteGroup))
            ? new(call, symbols) : null;

    internal static IOperation? Receiver(IInvocationOperation call) => call.Instance is { } receiver ? Unwrapped(receiver) : null;

    internal static IOperation Unwrapped(IOperation operation)
    {
        while (operation is IConversionOperation conversion) operation = conversion.Operand;
        return operation;
    }
}
