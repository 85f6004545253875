using Microsoft.AspNetCore.Mvc;

namespace Modular.Bench.Http;

/// <summary>The pages on MVC.</summary>
public sealed class PagesController : ControllerBase
{
    [HttpGet("/plaintext")]
    public string Plaintext() => Servers.Text;

    [HttpGet("/json")]
    public Message Json() => new(Servers.Text);
}
