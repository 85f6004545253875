namespace Conformance;

static class MethodsPart
{
    internal static void AddTo(ModularApp app)
    {
        app.Route("/m/default", Answer, endpoint: "m_default");
        app.Route("/m/post", Answer, endpoint: "m_post", methods: ["POST"]);
        app.Route("/m/getpost", Answer, endpoint: "m_getpost", methods: ["GET", "POST"]);
        app.Route("/m/rest", Answer, endpoint: "m_rest", methods: ["GET", "PUT", "PATCH", "DELETE"]);
        app.Route("/m/custom", Answer, endpoint: "m_custom", methods: ["GET", "PURGE"]);
        app.Route("/m/options", Answer, endpoint: "m_options", methods: ["GET", "OPTIONS"]);
        app.Route("/m/lower", Answer, endpoint: "m_lower", methods: ["post", "put"]);
        app.Get("/m/split", Answer, endpoint: "m_split_get");
        app.Post("/m/split", Answer, endpoint: "m_split_post");
        app.Delete("/m/split", Answer, endpoint: "m_split_delete");
    }

    static Response Answer(RequestContext context) => Plain.Text($"{context.Endpoint}:{context.Request.Method}");
}

static class Plain
{
    internal static Response Text(string text, int status = 200) => new(text, status, "text/plain; charset=utf-8");
}
