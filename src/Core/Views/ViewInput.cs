using Microsoft.AspNetCore.Http.Metadata;

namespace Modular;

/// <summary>A variable of the rule, text of the query or a header, a form, or the body, as ASP.NET's API descriptions know it.</summary>
[RequiresUnreferencedCode("Reads the parameters of a delegate.")]
sealed class ViewInput(ViewParameter parameter) : IParameterBindingMetadata
{
    /// <summary>True for what a description of the API shows: what the client sends, except a JSON body.</summary>
    internal static bool IsInput(ViewParameter parameter) =>
        parameter.Source is ParameterSource.Variable or ParameterSource.Text or ParameterSource.Form or ParameterSource.Bound;

    public string Name => parameter.WireName;

    /// <summary>True for what is read from text: a variable, the query, a header.</summary>
    public bool HasTryParse => parameter.Source is ParameterSource.Variable or ParameterSource.Text;

    /// <summary>True for a part of a form.</summary>
    internal bool IsForm => parameter.TakesForm;

    /// <summary>True for a JSON body.</summary>
    internal bool IsJson => parameter.Source is ParameterSource.Json or ParameterSource.ServiceOrJson;

    public bool HasBindAsync => parameter.Source == ParameterSource.Bound;

    public ParameterInfo ParameterInfo => parameter.Info;

    public bool IsOptional => parameter.IsOptional;
}
