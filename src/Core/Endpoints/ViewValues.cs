namespace Modular;

static class ViewValues
{
    internal static string Text(RequestContext context, int index)
    {
        context.Alive();
        return context.ChangedValues is null ? context.Match.Values.Text(index) : (string)Changed(context, index)!;
    }

    // A number that the type cannot hold is a 404, as if no rule matched.
    internal static T Number<T>(RequestContext context, int index) where T : ISpanParsable<T>
    {
        context.Alive();
        if (context.ChangedValues is not null)
            return (T)Convert.ChangeType(Changed(context, index)!, typeof(T), CultureInfo.InvariantCulture);
        return context.Match.Values.TryRead<T>(index, out var value) ? value : throw new HttpException(404);
    }

    internal static object? Value(RequestContext context, int index)
    {
        context.Alive();
        return context.ChangedValues is null ? context.Match.Values.Value(index) : Changed(context, index);
    }

    static object? Changed(RequestContext context, int index)
    {
        var name = context.Match.Rule!.Variables[index];
        return context.ChangedValues!.TryGetValue(name, out var value) ? value : throw new ModularException(
            $"The view for rule \"{context.Match.Rule}\" takes \"{name}\", but a UrlValuePreprocessor removed it. " +
            "Remove the parameter from the view, or keep the value.");
    }

    // When the view doesn't take null, the JSON "null" is the client's mistake.
    internal static T? Json<T>(RequestContext context, bool optional, T? otherwise) =>
        optional && context.Request.Data.IsEmpty ? otherwise
        : context.Request.GetJson<T>() is { } value ? value
        : optional ? default : throw JsonProblem.Null();

    internal static async ValueTask ReadFormAsync(RequestContext context, bool optional)
    {
        var request = context.Http.Request;
        if (!request.HasFormContentType)
        {
            if (optional && !RequestBody.Exists(context.Http)) return;
            throw new HttpException(415, "The body isn't a form. Send it as multipart/form-data or application/x-www-form-urlencoded.");
        }
        try
        {
            // Before ASP.NET reads it, because that knows other limits.
            if (context.Request.MimeType is not "multipart/form-data") await context.Request.ReadBodyAsync(context.RequestAborted);
            await request.ReadFormAsync(context.RequestAborted);
            await context.Request.ReadBodyAsync(context.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            throw new HttpException(400, inner: error);
        }
    }

    internal static object? PartOf(HttpRequest request, Type type, string name, bool optional)
    {
        var form = request.HasFormContentType ? request.Form : FormCollection.Empty;
        return type == typeof(IFormCollection) ? form
            : type == typeof(IFormFileCollection) ? form.Files
            : type == typeof(IFormFile[]) ? form.Files.GetFiles(name).ToArray()
            : type != typeof(IFormFile) ? form.Files.GetFiles(name).ToList()
            : form.Files.GetFile(name) ?? (optional ? null : throw new HttpException(400, $"The form has no file \"{name}\"."));
    }
}
