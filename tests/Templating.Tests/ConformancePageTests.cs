namespace Modular.Templating.Tests;

// TemplateRenderer of Flask's quickstart and tutorial, in Liquid.
public sealed class ConformancePageTests : IDisposable
{
    readonly TemplateFolder _folder = new TemplateFolder()
        .Add("hello.html", """
            <!doctype html>
            <title>Hello from Flask</title>
            {% if name %}
              <h1>Hello {{ name }}!</h1>
            {% else %}
              <h1>Hello World!</h1>
            {% endif %}
            """)
        .Add("attr.html", "<p title=\"{{ v }}\" class='{{ v }}'>{{ v }}</p>")
        .Add("layout.html", """
            <!doctype html>
            <html>
              <head>
                <title>{% block title %}Conformance{% endblock %}</title>
                <link rel="stylesheet" href="{{ url_for('static', filename='style.css') }}">
              </head>
              <body>
                {% assign messages = get_flashed_messages(with_categories=true) %}
                {% if messages.size > 0 %}
                <ul class="flashes">
                  {% for message in messages %}
                  <li class="{{ message[0] }}">{{ message[1] }}</li>
                  {% endfor %}
                </ul>
                {% endif %}
                <div id="content">{% block content %}{% endblock %}</div>
                <div id="footer">{% block footer %}default footer{% endblock %}</div>
              </body>
            </html>
            """)
        .Add("child.html", """
            {% extends "layout.html" %}
            {% block title %}Child{% endblock %}
            {% block content %}
            <ul>
            {% for item in items %}
              <li>{{ forloop.index }}: {{ item }}</li>
            {% else %}
              <li>nothing</li>
            {% endfor %}
            </ul>
            {% endblock %}
            {% block footer %}child footer{% endblock %}
            """)
        .Add("context.html", """
            {% extends "layout.html" %}
            {% block title %}Context: {{ block.super }}{% endblock %}
            {% block content %}
            <p id="method">{{ request.method }}</p>
            <p id="path">{{ request.path }}</p>
            <p id="arg">{{ request.args.a | default: 'none' }}</p>
            <p id="g">{{ g.color }}</p>
            <p id="url">{{ url_for('hello', name='John Doe') }}</p>
            {% endblock %}
            """)
        .Add("markup.html", """
            <div id="plain">{{ v }}</div>
            <div id="safe">{{ v|safe }}</div>
            <div id="markup">{{ m }}</div>
            <div id="fmt">{{ f }}</div>
            <div id="escaped">{{ v|e }}</div>
            <div id="strip">{{ m|striptags }}</div>
            """)
        .Add("page_not_found.html", "<!doctype html>\n<title>Page Not Found</title>\n<p class=\"error\">No such page.</p>\n");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/hello/", "<!doctype html> <title>Hello from Flask</title> <h1>Hello World!</h1>")]
    [InlineData("/hello/%3Cyou%3E", "<!doctype html> <title>Hello from Flask</title> <h1>Hello &lt;you&gt;!</h1>")]
    [InlineData("/attr?v=%22%27%3E", "<p title=\"&#34;&#39;&gt;\" class='&#34;&#39;&gt;'>&#34;&#39;&gt;</p>")]
    [InlineData("/markup", "<div id=\"plain\">&lt;em&gt;x&lt;/em&gt;</div> <div id=\"safe\"><em>x</em></div> <div id=\"markup\"><strong>a &amp; b</strong></div> <div id=\"fmt\"><b>&lt;em&gt;x&lt;/em&gt;</b></div> <div id=\"escaped\">&lt;em&gt;x&lt;/em&gt;</div> <div id=\"strip\">a &amp; b</div>")]
    [InlineData("/missing", "<!doctype html> <title>Page Not Found</title> <p class=\"error\">No such page.</p>")]
    public async Task A_page_comes_out_as_Jinja_would_write_it(string path, string html)
    {
        await using var client = App().TestClient();

        var response = await client.GetAsync(path);

        Assert.Equal(html, Collapsed(response.Text));
    }

    [Fact]
    public async Task A_child_fills_the_blocks_of_its_layout()
    {
        await using var client = App().TestClient();

        var some = Collapsed((await client.GetAsync("/child?item=a&item=%3Cb%3E")).Text);
        var none = Collapsed((await client.GetAsync("/child")).Text);

        Assert.Contains("<title>Child</title>", some);
        Assert.Contains("<li class=\"info\">&lt;hi&gt;</li>", some);
        Assert.Contains("<ul> <li>1: a</li> <li>2: &lt;b&gt;</li> </ul>", some);
        Assert.Contains("<ul> <li>nothing</li> </ul>", none);
        Assert.Contains("<div id=\"footer\">child footer</div>", none);
        Assert.Contains("href=\"/static/style.css\"", none);
    }

    [Fact]
    public async Task A_page_sees_the_request_g_and_url_for()
    {
        await using var client = App().TestClient();

        var page = Collapsed((await client.GetAsync("/context?a=%3Ci%3E")).Text);

        Assert.Contains("<title>Context: Conformance</title>", page);
        Assert.Contains("<p id=\"method\">GET</p> <p id=\"path\">/context</p> <p id=\"arg\">&lt;i&gt;</p> <p id=\"g\">green</p> <p id=\"url\">/hello/John%20Doe</p>", page);
        Assert.Contains("<div id=\"footer\">default footer</div>", page);
    }

    ModularApp App()
    {
        var app = new ModularApp(new() { RootPath = _folder.Path });
        app.UseLiquid();
        app.TemplateFunction("get_flashed_messages", (_, arguments) => arguments.Get(0, "with_categories", false) ? new List<object?> { new object?[] { "info", "<hi>" } } : null);
        app.BeforeRequest(() => Current.G["color"] = "green");
        app.Route("/hello/<name>", (string? name) => RenderTemplate("hello.html", ("name", name)), endpoint: "hello");
        app.Route("/hello/", () => RenderTemplate("hello.html", new { name = (string?)null }), endpoint: "hello_nobody");
        app.Route("/attr", () => RenderTemplate("attr.html", ("v", Current.Request.Args.Find("v"))), endpoint: "attr");
        app.Route("/context", () => RenderTemplate("context.html"), endpoint: "context");
        app.Route("/child", () => RenderTemplate("child.html", ("items", Current.Request.Args.GetAll("item"))), endpoint: "child");
        app.Route("/markup", () => RenderTemplate("markup.html", new
        {
            v = "<em>x</em>", m = new Markup("<strong>a &amp; b</strong>"), f = Functions.Html($"<b>{"<em>x</em>"}</b>"),
        }), endpoint: "markup");
        app.ErrorHandler(404, () => (RenderTemplate("page_not_found.html"), 404));
        return app;
    }

    internal static string Collapsed(string html) => string.Join(' ', html.Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
