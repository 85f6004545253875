namespace Conformance.Tests.Sections;

sealed class BuildingSection : ISection
{
    static readonly string[] Endpoints =
    [
        "index", "hello", "projects", "about", "user", "post", "r_str", "r_min", "r_max", "r_minmax", "r_len", "r_int", "r_fixed", "r_range", "r_sint", "r_float", "r_sfloat", "r_frange", "r_path_edit",
        "r_path", "r_tree", "r_any", "r_uuid", "r_branch", "r_branch_item", "r_leaf", "r_both_leaf", "r_both_branch", "r_date", "r_file", "r_affix", "r_deep", "r_mid", "r_unicode", "r_space", "p_static", "p_float",
        "p_path", "p_str", "p_int", "p_edit", "p_static_sub", "p_strs", "p_ints", "p_me", "p_user", "p_version", "q_int", "q_str", "b_multi", "b_two", "b_unicode", "r_loose", "b_defaults", "b_method", "r_post_branch",
        "static", "tpl_hello", "req_info", "mw_info", "resp_abort", "m_split_post", "m_split_get", "m_lower", "build", "nope", "", ".", ".index", "m_post", "upload_stored", "flash_show", "session_index", "m_options",
    ];

    static readonly string[] Arguments =
    [
        "username", "post_id", "name", "v", "n", "x", "p", "page", "id", "y", "m", "d", "ext", "a", "b", "c", "rest", "filename", "code", "q", "next", "unknown", "with space", "ü", "_x", "values", "",
    ];

    static readonly Dictionary<string, string[]> Needs = new()
    {
        ["user"] = ["username"], ["post"] = ["post_id"], ["r_date"] = ["y", "m", "d"], ["r_file"] = ["name", "ext"], ["r_deep"] = ["a", "b", "c"], ["b_two"] = ["p", "n"], ["p_ints"] = ["a", "b"],
        ["p_strs"] = ["a", "b"], ["b_multi"] = ["a", "b"], ["b_defaults"] = ["page"], ["static"] = ["filename"], ["resp_abort"] = ["code"], ["r_uuid"] = ["id"], ["r_any"] = ["page"], ["tpl_hello"] = ["name"],
        ["req_info"] = ["p"], ["upload_stored"] = ["name"], ["r_int"] = ["n"], ["r_fixed"] = ["n"], ["r_range"] = ["n"], ["r_sint"] = ["n"], ["q_int"] = ["n"], ["p_int"] = ["n"], ["r_float"] = ["x"],
        ["r_sfloat"] = ["x"], ["r_frange"] = ["x"], ["p_float"] = ["x"], ["r_path"] = ["p"], ["r_path_edit"] = ["p"], ["r_tree"] = ["p"], ["r_min"] = ["v"], ["r_max"] = ["v"], ["r_minmax"] = ["v"],
        ["r_len"] = ["v"], ["b_unicode"] = ["v"], ["p_version"] = ["v"], ["r_str"] = ["name"], ["r_branch_item"] = ["name"], ["r_affix"] = ["name"], ["r_unicode"] = ["name"], ["r_space"] = ["name"],
        ["p_edit"] = ["name"], ["p_str"] = ["name"], ["p_static_sub"] = ["name"], ["p_user"] = ["name"], ["q_str"] = ["name"], ["p_path"] = ["rest"], ["r_mid"] = ["a"],
    };

    static readonly (string Name, string[] Values)[] Special =
    [
        ("_anchor", ["x", "a b", "ü", "", "#", "a/b?c"]), ("_scheme", ["https", "ftp", "http", ""]), ("_external", ["1", "0", ""]), ("_method", ["POST", "GET", "post", "PUT", "DELETE", "NOPE"]),
    ];

    public RawRequest Next(Random random)
    {
        var endpoint = random.Of<string>(Endpoints);
        List<(string Name, string Value)> pairs = [("endpoint", endpoint)];
        foreach (var need in Needs.GetValueOrDefault(endpoint, []))
            if (random.Chance(.9)) pairs.Add(($"{need}{random.Of("", "", "", ":int", ":float", ":none")}", random.Chance(.8) ? random.Word() : random.Of("5", "15", "1.25", "42", "2024", "1e20", "0.1")));
        for (var more = random.Of(0, 0, 0, 1, 2); more > 0; more--) pairs.Add(($"{random.Of<string>(Arguments)}{random.Of("", "", ":int", ":none", ":float")}", random.Word()));
        if (random.Chance(.15)) pairs.Add(random.Chance(.5) ? pairs[random.Next(pairs.Count)] : (random.Of<string>(Arguments), random.Word()));
        foreach (var (name, values) in Special)
            if (random.Chance(.15)) pairs.Add((name, random.Of<string>(values)));
        return RawRequest.Get($"/build?{Draw.Query(pairs)}") with { Host = random.Of("localhost", "example.com:8080", "example.com", "EXAMPLE.com:80", "example.com:443") };
    }
}
