using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Modular.Architecture.Tests;

/// <summary>The dependencies of compiled types.</summary>
static class Uses
{
    /// <summary>Every type that a type and those inside it mention: in bases, signatures, attributes and code.</summary>
    internal static IEnumerable<TypeReference> Types(TypeDefinition type) => Mentioned(type).SelectMany(Parts).DistinctBy(used => used.FullName);

    /// <summary>Every method that the code of a type and of those inside it calls.</summary>
    internal static IEnumerable<MethodReference> Calls(TypeDefinition type) => WithNested(type)
        .SelectMany(inner => inner.Methods).Where(method => method.HasBody)
        .SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand).OfType<MethodReference>();

    /// <summary>The types in the public signatures of a type.</summary>
    /// <param name="isLeftOut">Members that do not count.</param>
    internal static IEnumerable<(string Member, TypeReference Type)> Public(TypeDefinition type, Func<IMemberDefinition, bool> isLeftOut)
    {
        var own = Headers(type).Select(used => (Member: type.FullName, Type: used));
        var fields = type.Fields.Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
            .Where(field => !isLeftOut(field)).Select(field => (Member: field.FullName, Type: (TypeReference?)field.FieldType));
        var methods = type.Methods.Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            .Where(method => !isLeftOut(method)).SelectMany(method => Signature(method).Select(used => (Member: method.FullName, Type: used)));
        return own.Concat(fields).Concat(methods).SelectMany(use => Parts(use.Type).Select(part => (use.Member, part)));
    }

    internal static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>The outermost type that contains a type.</summary>
    internal static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    static IEnumerable<TypeReference?> Mentioned(TypeDefinition type) => WithNested(type).SelectMany(inner => Headers(inner)
        .Concat(Attributes(inner))
        .Concat(inner.Fields.SelectMany(field => Attributes(field).Append(field.FieldType)))
        .Concat(inner.Properties.SelectMany(Attributes))
        .Concat(inner.Methods.SelectMany(method => Attributes(method).Concat(Signature(method)).Concat(Code(method)))));

    static IEnumerable<TypeReference?> Headers(TypeDefinition type) => type.Interfaces.Select(i => i.InterfaceType)
        .Append(type.BaseType).Concat(Constraints(type));

    static IEnumerable<TypeReference?> Signature(MethodReference method) => method.Parameters.Select(parameter => parameter.ParameterType)
        .Append(method.ReturnType).Concat(Constraints(method))
        .Concat(method is GenericInstanceMethod closed ? closed.GenericArguments : []);

    static IEnumerable<TypeReference> Constraints(IGenericParameterProvider generic) =>
        generic.GenericParameters.SelectMany(parameter => parameter.Constraints.Select(constraint => constraint.ConstraintType));

    static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider member) => member.CustomAttributes.SelectMany(attribute =>
        attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference).Append(attribute.AttributeType));

    static IEnumerable<TypeReference?> Code(MethodDefinition method)
    {
        if (!method.HasBody) return [];
        var operands = method.Body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference called => Signature(called).Append(called.DeclaringType),
            _ => Enumerable.Empty<TypeReference?>(),
        });
        return operands.Concat(method.Body.Variables.Select(variable => variable.VariableType))
            .Concat(method.Body.ExceptionHandlers.Select((ExceptionHandler handler) => handler.CatchType));
    }

    // List<Foo[]> is List, and Foo.
    static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType closed => closed.GenericArguments.SelectMany(Parts).Concat(Parts(closed.ElementType)),
        RequiredModifierType modified => Parts(modified.ModifierType).Concat(Parts(modified.ElementType)),
        OptionalModifierType modified => Parts(modified.ModifierType).Concat(Parts(modified.ElementType)),
        FunctionPointerType pointer => Signature(pointer).SelectMany(Parts),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };

    static IEnumerable<TypeReference?> Signature(FunctionPointerType pointer) =>
        pointer.Parameters.Select(parameter => parameter.ParameterType).Append(pointer.ReturnType);
}
