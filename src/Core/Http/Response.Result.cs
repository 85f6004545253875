namespace Modular;

/// <content>Answers of ASP.NET's own kind. The result writes first; what was set on this response wins, because somebody set it later.</content>
public sealed partial class Response
{
    async ValueTask SendResultAsync(HttpContext http, ResultBody body)
    {
        var target = http.Response;
        var isApplied = target.HasStarted;
        // It writes its body whatever the method and the status are; not every server drops it.
        if (HttpMethods.IsHead(http.Request.Method) || (body.HasGivenStatus && !HasBody)) target.Body = Stream.Null;
        if (!isApplied) target.OnStarting(() =>
        {
            Apply();
            return Task.CompletedTask;
        });
        try
        {
            await body.ExecuteAsync(http);
        }
        catch
        {
            isApplied = true;      // what is answered now is an error
            throw;
        }
        if (!target.HasStarted) Apply();

        void Apply()
        {
            if (isApplied) return;
            isApplied = true;
            ApplyOver(http, body);
        }
    }

    void ApplyOver(HttpContext http, ResultBody body)
    {
        var target = http.Response;
        if (body.HasGivenStatus)
        {
            target.StatusCode = _status;
            NameStatus(http);
            if (!HasBody) LeaveBodyOut(target);
        }
        if (_headers is null)
        {
            if (_contentType is not null && MayHaveBody(target.StatusCode)) target.ContentType = _contentType;
            return;
        }
        foreach (var (name, value) in _headers)
        {
            if (IsServers(name, _headers) || (target.StatusCode == 304 && DescribesBody(name))) continue;
            target.Headers[name] = IsList(name) ? WithMissing(target.Headers[name], value) : Sendable(name, value);
        }
    }

    void LeaveBodyOut(HttpResponse target)
    {
        foreach (var name in target.Headers.Keys.Where(DescribesBody).ToArray())
            if (_status == 304 || !name.Equals("Allow", StringComparison.OrdinalIgnoreCase)) target.Headers.Remove(name);
        if (_status == 205) target.ContentLength = 0;
    }

    // What middleware, or the result, has set already stays, and a line that is there is not sent twice.
    static StringValues WithMissing(StringValues there, StringValues ours) =>
        there.Count == 0 ? ours : StringValues.Concat(there, ours.Where(line => !there.Contains(line)).ToArray());
}
