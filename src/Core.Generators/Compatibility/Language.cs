// What C# 14 asks of the framework, and netstandard2.0 doesn't have.
#pragma warning disable IDE0130, CA1815, CA1066, CA1052
namespace System.Runtime.CompilerServices
{
    static class IsExternalInit;
}

namespace System.Diagnostics.CodeAnalysis
{
    [AttributeUsage(AttributeTargets.Parameter)]
    sealed class NotNullWhenAttribute(bool returnValue) : Attribute
    {
        public bool ReturnValue { get; } = returnValue;
    }
}
