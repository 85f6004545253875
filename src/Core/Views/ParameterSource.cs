namespace Modular;

/// <summary>Where the value of a view's parameter comes from.</summary>
enum ParameterSource
{
    /// <summary>A variable of the rule.</summary>
    Variable,

    /// <summary>The rule's default, or C#'s.</summary>
    Constant,

    /// <summary>Text of the query, a header or a form's field, read as the parameter's type.</summary>
    Text,

    /// <summary>Text of the query, unless the type is a service.</summary>
    TextOrService,

    /// <summary>Something of the request that is there without waiting.</summary>
    Special,

    /// <summary>The type's own BindAsync.</summary>
    Bound,

    /// <summary>A form of ASP.NET, or files of it.</summary>
    Form,

    /// <summary>A service.</summary>
    Service,

    /// <summary>The JSON body.</summary>
    Json,

    /// <summary>A service, a plugin's value, or the JSON body.</summary>
    ServiceOrJson,
}
