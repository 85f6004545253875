namespace Modular;

/// <summary>The 400 of a JSON body that is not what was wanted: it names the place and what was expected.</summary>
static class JsonProblem
{
    internal static HttpException Null(Type wanted) => new(StatusCodes.Status400BadRequest, $"The JSON body is null at $, but {TypeName.Of(wanted)} is expected.");
}
