namespace Conformance;

static class RoutingPart
{
    internal static void AddTo(ModularApp app)
    {
        app.Route("/", Answer, endpoint: "index");
        app.Route("/hello", Answer, endpoint: "hello");
        app.Route("/projects/", Answer, endpoint: "projects");
        app.Route("/about", Answer, endpoint: "about");
        app.Route("/user/<username>", Answer, endpoint: "user");
        app.Route("/post/<int:post_id>", Answer, endpoint: "post");
        app.Route("/r/str/<name>", Answer, endpoint: "r_str");
        app.Route("/r/min/<string(minlength=3):v>", Answer, endpoint: "r_min");
        app.Route("/r/max/<string(maxlength=5):v>", Answer, endpoint: "r_max");
        app.Route("/r/minmax/<string(minlength=2,maxlength=4):v>", Answer, endpoint: "r_minmax");
        app.Route("/r/len/<string(length=2):v>", Answer, endpoint: "r_len");
        app.Route("/r/int/<int:n>", Answer, endpoint: "r_int");
        app.Route("/r/fixed/<int(fixed_digits=4):n>", Answer, endpoint: "r_fixed");
        app.Route("/r/range/<int(min=10,max=20):n>", Answer, endpoint: "r_range");
        app.Route("/r/sint/<int(signed=True):n>", Answer, endpoint: "r_sint");
        app.Route("/r/float/<float:x>", Answer, endpoint: "r_float");
        app.Route("/r/sfloat/<float(signed=True):x>", Answer, endpoint: "r_sfloat");
        app.Route("/r/frange/<float(min=0.5,max=1.5):x>", Answer, endpoint: "r_frange");
        app.Route("/r/path/<path:p>/edit", Answer, endpoint: "r_path_edit");
        app.Route("/r/path/<path:p>", Answer, endpoint: "r_path");
        app.Route("/r/tree/<path:p>/", Answer, endpoint: "r_tree");
        app.Route("""/r/any/<any(about, help, imprint, "foo,bar"):page>""", Answer, endpoint: "r_any");
        app.Route("/r/uuid/<uuid:id>", Answer, endpoint: "r_uuid");
        app.Route("/r/branch/", Answer, endpoint: "r_branch");
        app.Route("/r/branch/<name>/", Answer, endpoint: "r_branch_item");
        app.Route("/r/leaf", Answer, endpoint: "r_leaf");
        app.Route("/r/both", Answer, endpoint: "r_both_leaf");
        app.Route("/r/both/", Answer, endpoint: "r_both_branch");
        app.Route("/r/date/<int:y>-<int:m>-<int:d>", Answer, endpoint: "r_date");
        app.Route("/r/file/<name>.<ext>", Answer, endpoint: "r_file");
        app.Route("/r/affix/pre-<name>-post", Answer, endpoint: "r_affix");
        app.Route("/r/deep/<a>/<b>/<c>", Answer, endpoint: "r_deep");
        app.Route("/r/mid/<a>/end", Answer, endpoint: "r_mid");
        app.Route("/r/naïve/<name>", Answer, endpoint: "r_unicode");
        app.Route("/r/with space/<name>", Answer, endpoint: "r_space");
        AddPriorities(app);
        app.Route("/q/<int(min=10):n>", Answer, endpoint: "q_int");
        app.Route("/q/<name>", Answer, endpoint: "q_str");
        app.Route("/b/multi", Answer, endpoint: "b_multi");
        app.Route("/b/multi/<a>", Answer, endpoint: "b_multi");
        app.Route("/b/multi/<a>/<b>", Answer, endpoint: "b_multi");
        app.Route("/b/two/<path:p>/x/<int:n>", Answer, endpoint: "b_two");
        app.Route("/b/ünï/<v>", Answer, endpoint: "b_unicode");
        app.Route("/r/loose/", Answer, endpoint: "r_loose", options: new() { StrictSlashes = false });
        app.Route("/b/defaults/", Answer, endpoint: "b_defaults", options: new() { Defaults = new Dictionary<string, object?> { ["page"] = 1 } });
        app.Route("/b/defaults/<int:page>", Answer, endpoint: "b_defaults");
        app.Route("/b/by-get", Answer, endpoint: "b_method", methods: ["GET"]);
        app.Route("/b/by-post", Answer, endpoint: "b_method", methods: ["POST"]);
        app.Route("/r/post-branch/", Answer, endpoint: "r_post_branch", methods: ["POST"]);
    }

    static void AddPriorities(ModularApp app)
    {
        app.Route("/p/static", Answer, endpoint: "p_static");
        app.Route("/p/<float:x>", Answer, endpoint: "p_float");
        app.Route("/p/<path:rest>", Answer, endpoint: "p_path");
        app.Route("/p/<name>", Answer, endpoint: "p_str");
        app.Route("/p/<int:n>", Answer, endpoint: "p_int");
        app.Route("/p/<name>/edit", Answer, endpoint: "p_edit");
        app.Route("/p/static/<name>", Answer, endpoint: "p_static_sub");
        app.Route("/p/<a>/<b>", Answer, endpoint: "p_strs");
        app.Route("/p/<int:a>/<int:b>", Answer, endpoint: "p_ints");
        app.Route("/p/user/me", Answer, endpoint: "p_me");
        app.Route("/p/user/<name>", Answer, endpoint: "p_user");
        app.Route("/p/v<int:v>", Answer, endpoint: "p_version");
    }

    static object Answer(Request request) => new { request.Endpoint, Args = request.ViewArgs };
}
