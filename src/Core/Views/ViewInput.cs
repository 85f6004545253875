using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Modular;

/// <summary>A variable of the rule, or the body, as ASP.NET's API descriptions know it.</summary>
[RequiresUnreferencedCode("Reads the parameters of a delegate.")]
sealed class ViewInput(ViewParameter parameter) : IParameterBindingMetadata
{
    public string Name => parameter.Name;

    /// <summary>True for what is read from text: a variable.</summary>
    public bool HasTryParse => parameter.Source == ParameterSource.Variable;

    public bool HasBindAsync => false;

    public ParameterInfo ParameterInfo => parameter.Info;

    public bool IsOptional => parameter.IsOptional;
}
