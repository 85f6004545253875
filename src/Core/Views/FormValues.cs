namespace Modular;

/// <summary>ASP.NET's own types of a form. They are read by ASP.NET's reader, within the limits of the request's body.</summary>
static class FormValues
{
    internal static bool Has(Type type) =>
        type == typeof(IFormCollection) || type == typeof(IFormFileCollection) || type == typeof(IFormFile) || IsFileList(type);

    static bool IsFileList(Type type) => type == typeof(IReadOnlyList<IFormFile>) || type == typeof(List<IFormFile>) || type == typeof(IFormFile[])
        || type == typeof(IEnumerable<IFormFile>) || type == typeof(IReadOnlyCollection<IFormFile>) || type == typeof(IList<IFormFile>) || type == typeof(ICollection<IFormFile>);

    /// <summary>Reads the form before a view that takes it is called. Fields are then known to <c>Current.Request.Form</c> too.</summary>
    /// <exception cref="HttpException">415: the body is no form. 400: it is malformed. 413: it is too large.</exception>
    internal static async ValueTask<IFormCollection> ReadAsync(RequestContext context, bool optional)
    {
        var request = context.Http.Request;
        if (!request.HasFormContentType)
        {
            if (optional && !RequestBody.Exists(context.Http)) return FormCollection.Empty;
            throw new HttpException(StatusCodes.Status415UnsupportedMediaType, "The body is no form. Send it as multipart/form-data or application/x-www-form-urlencoded.");
        }
        try
        {
            var form = await request.ReadFormAsync(context.RequestAborted);
            await context.Request.ReadBodyAsync(context.RequestAborted);
            return form;
        }
        catch (InvalidDataException error)
        {
            throw new HttpException(StatusCodes.Status400BadRequest, inner: error);
        }
        catch (IOException error) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new HttpException(StatusCodes.Status400BadRequest, inner: error);
        }
    }

    /// <summary>The part of a form that a parameter takes.</summary>
    internal static object? Of(IFormCollection form, Type type, string name, bool optional)
    {
        if (type == typeof(IFormCollection)) return form;
        if (type == typeof(IFormFileCollection)) return form.Files;
        if (type == typeof(IFormFile))
            return form.Files.GetFile(name) ?? (optional ? null : throw new HttpException(StatusCodes.Status400BadRequest, $"The form has no file \"{name}\"."));
        var files = form.Files.GetFiles(name);
        return type == typeof(IFormFile[]) ? files.ToArray() : files.ToList();
    }
}
