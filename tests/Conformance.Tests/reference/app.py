"""The application of samples/Conformance, on Flask. Run by gunicorn: main:0 is app:main, the plain one app:plain."""
import hashlib
import os
import pathlib
import threading
import time

from flask import (Flask, Response, abort, after_this_request, flash, g, get_flashed_messages, jsonify, make_response, redirect,
                   render_template, request, session, stream_with_context, url_for)
from markupsafe import Markup, escape
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.utils import secure_filename

HERE = pathlib.Path(__file__).parent
SECRET = "secret-detail-7c1f"


class AppError(Exception):
    def __init__(self, message, status):
        super().__init__(message)
        self.message, self.status = message, status


class SpecialAppError(AppError):
    pass


class BoomError(Exception):
    pass


main = Flask("main", root_path=str(HERE), static_folder=os.environ["STATIC_DIR"], static_url_path="/static")
main.config.update(SECRET_KEY=os.environ["SECRET_KEY"], MAX_CONTENT_LENGTH=262144, SESSION_COOKIE_SAMESITE="Lax", UPLOAD_DIR=os.environ["UPLOAD_DIR"])
main.request_class.max_form_parts = 1000
os.makedirs(main.config["UPLOAD_DIR"], exist_ok=True)


def plain_text(text, status=200):
    return Response(text, status, content_type="text/plain; charset=utf-8")


# --- routing
def answer(**args):
    return jsonify(endpoint=request.endpoint, args={k: v if isinstance(v, (int, float, str)) else str(v) for k, v in args.items()})


ROUTES = [
    ("index", "/"), ("hello", "/hello"), ("projects", "/projects/"), ("about", "/about"), ("user", "/user/<username>"), ("post", "/post/<int:post_id>"),
    ("r_str", "/r/str/<name>"), ("r_min", "/r/min/<string(minlength=3):v>"), ("r_max", "/r/max/<string(maxlength=5):v>"),
    ("r_minmax", "/r/minmax/<string(minlength=2,maxlength=4):v>"), ("r_len", "/r/len/<string(length=2):v>"), ("r_int", "/r/int/<int:n>"),
    ("r_fixed", "/r/fixed/<int(fixed_digits=4):n>"), ("r_range", "/r/range/<int(min=10,max=20):n>"), ("r_sint", "/r/sint/<int(signed=True):n>"),
    ("r_float", "/r/float/<float:x>"), ("r_sfloat", "/r/sfloat/<float(signed=True):x>"), ("r_frange", "/r/frange/<float(min=0.5,max=1.5):x>"),
    ("r_path_edit", "/r/path/<path:p>/edit"), ("r_path", "/r/path/<path:p>"), ("r_tree", "/r/tree/<path:p>/"),
    ("r_any", '/r/any/<any(about, help, imprint, "foo,bar"):page>'), ("r_uuid", "/r/uuid/<uuid:id>"), ("r_branch", "/r/branch/"),
    ("r_branch_item", "/r/branch/<name>/"), ("r_leaf", "/r/leaf"), ("r_both_leaf", "/r/both"), ("r_both_branch", "/r/both/"),
    ("r_date", "/r/date/<int:y>-<int:m>-<int:d>"), ("r_file", "/r/file/<name>.<ext>"), ("r_affix", "/r/affix/pre-<name>-post"),
    ("r_deep", "/r/deep/<a>/<b>/<c>"), ("r_mid", "/r/mid/<a>/end"), ("r_unicode", "/r/naïve/<name>"), ("r_space", "/r/with space/<name>"),
    ("p_static", "/p/static"), ("p_float", "/p/<float:x>"), ("p_path", "/p/<path:rest>"), ("p_str", "/p/<name>"), ("p_int", "/p/<int:n>"),
    ("p_edit", "/p/<name>/edit"), ("p_static_sub", "/p/static/<name>"), ("p_strs", "/p/<a>/<b>"), ("p_ints", "/p/<int:a>/<int:b>"), ("p_me", "/p/user/me"),
    ("p_user", "/p/user/<name>"), ("p_version", "/p/v<int:v>"), ("q_int", "/q/<int(min=10):n>"), ("q_str", "/q/<name>"),
    ("b_multi", "/b/multi"), ("b_multi", "/b/multi/<a>"), ("b_multi", "/b/multi/<a>/<b>"), ("b_two", "/b/two/<path:p>/x/<int:n>"), ("b_unicode", "/b/ünï/<v>"),
]
for name, rule in ROUTES:
    main.add_url_rule(rule, name, answer)
main.add_url_rule("/r/loose/", "r_loose", answer, strict_slashes=False)
main.add_url_rule("/b/defaults/", "b_defaults", answer, defaults={"page": 1})
main.add_url_rule("/b/defaults/<int:page>", "b_defaults", answer)
main.add_url_rule("/b/by-get", "b_method", answer, methods=["GET"])
main.add_url_rule("/b/by-post", "b_method", answer, methods=["POST"])
main.add_url_rule("/r/post-branch/", "r_post_branch", answer, methods=["POST"])


# --- methods
def method_answer():
    return plain_text(f"{request.endpoint}:{request.method}")


for name, rule, methods in [
    ("m_default", "/m/default", None), ("m_post", "/m/post", ["POST"]), ("m_getpost", "/m/getpost", ["GET", "POST"]),
    ("m_rest", "/m/rest", ["GET", "PUT", "PATCH", "DELETE"]), ("m_custom", "/m/custom", ["GET", "PURGE"]), ("m_options", "/m/options", ["GET", "OPTIONS"]),
    ("m_lower", "/m/lower", ["post", "put"]), ("m_split_get", "/m/split", ["GET"]), ("m_split_post", "/m/split", ["POST"]), ("m_split_delete", "/m/split", ["DELETE"]),
]:
    main.add_url_rule(rule, name, method_answer, methods=methods)


# --- building
@main.route("/build", endpoint="build")
def build():
    try:
        values, special = {}, {}
        for key in request.args:
            given = request.args.getlist(key)
            if key == "endpoint":
                continue
            if key in ("_anchor", "_scheme", "_method"):
                special[key] = given[0]
                continue
            if key == "_external":
                special[key] = given[0] == "1"
                continue
            for suffix, convert in ((":int", int), (":float", float), (":none", lambda _: None)):
                if key.endswith(suffix):
                    key, given = key[:-len(suffix)], [convert(v) for v in given]
                    break
            values[key] = given[0] if len(given) == 1 else given
        return plain_text(url_for(request.args.get("endpoint", ""), **special, **values))
    except Exception:
        return plain_text("build error", 400)


# --- requests
def lists(d):
    return {k: d.getlist(k) for k in d}


def first(d):
    return {k: d[k] for k in d}


@main.route("/req/args", endpoint="req_args")
def req_args():
    return jsonify(keys=list(request.args), lists=lists(request.args), first=first(request.args))


@main.route("/req/arg", endpoint="req_arg")
def req_arg():
    return jsonify(q=request.args["q"])


@main.route("/req/search", endpoint="req_search")
def req_search():
    return jsonify(q=request.args.get("q", ""), n=request.args.get("n", -1, type=int))


@main.route("/req/form", endpoint="req_form", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def req_form():
    return jsonify(keys=list(request.form), lists=lists(request.form))


@main.route("/req/login", endpoint="req_login", methods=["POST"])
def req_login():
    return jsonify(username=request.form["username"], password=request.form["password"])


@main.route("/req/values", endpoint="req_values", methods=["GET", "POST"])
def req_values():
    return jsonify(first=first(request.values), lists=lists(request.values))


@main.route("/req/json", endpoint="req_json", methods=["POST"])
def req_json():
    return jsonify(is_json=request.is_json, json=request.get_json())


@main.route("/req/json-silent", endpoint="req_json_silent", methods=["POST"])
def req_json_silent():
    return jsonify(is_json=request.is_json, json=request.get_json(silent=True))


@main.route("/req/json-force", endpoint="req_json_force", methods=["POST"])
def req_json_force():
    return jsonify(json=request.get_json(force=True))


@main.route("/req/data", endpoint="req_data", methods=["POST", "PUT"])
def req_data():
    data = request.get_data()
    return jsonify(length=len(data), sha256=hashlib.sha256(data).hexdigest())


@main.route("/req/cookies", endpoint="req_cookies")
def req_cookies():
    return jsonify(cookies=first(request.cookies))


@main.route("/req/cookie", endpoint="req_cookie")
def req_cookie():
    return jsonify(theme=request.cookies.get("theme", "none"))


@main.route("/req/header", endpoint="req_header")
def req_header():
    return jsonify(value=request.headers.get(request.args.get("name", "")))


@main.route("/req/info", endpoint="req_info", methods=["GET", "POST"])
@main.route("/req/info/<path:p>", endpoint="req_info", methods=["GET", "POST"])
def req_info(p=None):
    names = "method path full_path url base_url url_root host scheme is_secure script_root mimetype content_length remote_addr referrer endpoint view_args".split()
    return jsonify(query_string=request.query_string.decode("utf-8", "replace"), user_agent=request.headers.get("User-Agent"), **{n: getattr(request, n) for n in names})


@main.route("/req/accept", endpoint="req_accept")
def req_accept():
    return jsonify(best=request.accept_mimetypes.best_match(["application/json", "text/html"]))


# --- responses
@main.route("/resp/str", endpoint="resp_str")
def resp_str():
    return "plain string"


@main.route("/resp/unicode", endpoint="resp_unicode")
def resp_unicode():
    return "Grüße, 世界 😀"


@main.route("/resp/bytes", endpoint="resp_bytes")
def resp_bytes():
    return b"\x00\x01\xfe\xffbytes"


@main.route("/resp/empty", endpoint="resp_empty")
def resp_empty():
    return ""


@main.route("/resp/status", endpoint="resp_status")
def resp_status():
    return "created", 201


@main.route("/resp/headers", endpoint="resp_headers")
def resp_headers():
    return "with headers", {"X-One": "1", "Content-Type": "text/plain"}


@main.route("/resp/headers-list", endpoint="resp_headers_list")
def resp_headers_list():
    return "with list", [("X-Multi", "a"), ("X-Multi", "b")]


@main.route("/resp/full", endpoint="resp_full")
def resp_full():
    return "full tuple", 202, {"X-Two": "2"}


@main.route("/resp/dict", endpoint="resp_dict")
def resp_dict():
    return {"b": [1, 2.5, None, True], "a": "é<&>", "nested": {"k": "v"}}


@main.route("/resp/list", endpoint="resp_list")
def resp_list():
    return [1, "two", {"three": 3}, [None, False]]


@main.route("/resp/dict-status", endpoint="resp_dict_status")
def resp_dict_status():
    return {"error": "teapot"}, 418


@main.route("/resp/jsonify", endpoint="resp_jsonify")
def resp_jsonify():
    return jsonify(1, 2, "x")


@main.route("/resp/object", endpoint="resp_object")
def resp_object():
    return Response("object", 203, {"X-Obj": "yes"}, content_type="text/plain; charset=utf-8")


@main.route("/resp/object-tuple", endpoint="resp_object_tuple")
def resp_object_tuple():
    return Response("object", 200, {"X-Obj": "yes"}), 299, {"X-Obj": "override"}


@main.route("/resp/content-type", endpoint="resp_content_type")
def resp_content_type():
    return Response("a,b\n", content_type="text/csv; charset=iso-8859-1")


@main.route("/resp/stream", endpoint="resp_stream")
def resp_stream():
    return Response((f"chunk {i}\n" for i in range(5)), content_type="text/plain; charset=utf-8")


@main.route("/resp/stream-context", endpoint="resp_stream_context")
def resp_stream_context():
    def pieces():
        yield "name="
        yield request.args.get("name", "?")
        yield "\n"
    return Response(stream_with_context(pieces()), content_type="text/plain; charset=utf-8")


@main.route("/resp/stream-big", endpoint="resp_stream_big")
def resp_stream_big():
    return Response((bytes([i]) * 1024 for i in range(256)), content_type="application/octet-stream")


@main.route("/resp/none", endpoint="resp_none")
def resp_none():
    return None


@main.route("/resp/badtuple", endpoint="resp_badtuple")
def resp_badtuple():
    return "a", 200, {}, "extra"


@main.route("/resp/redirect", endpoint="resp_redirect")
def resp_redirect():
    return redirect(request.args.get("to", "/hello"), code=int(request.args.get("code", "302")))


@main.route("/resp/redirect-endpoint", endpoint="resp_redirect_endpoint")
def resp_redirect_endpoint():
    return redirect(url_for("user", username="John Doe", next="/a b"))


@main.route("/resp/abort/<int:code>", endpoint="resp_abort")
def resp_abort(code):
    abort(code)


@main.route("/resp/abort-response", endpoint="resp_abort_response")
def resp_abort_response():
    abort(plain_text("aborted with response", 409))


@main.route("/resp/make", endpoint="resp_make")
def resp_make():
    response = make_response(render_template("hello.html", name="Maker"), 404)
    response.headers["X-Something"] = "A value"
    return response


@main.route("/resp/after-this", endpoint="resp_after_this")
def resp_after_this():
    @after_this_request
    def done(response):
        response.headers["X-After-This"] = "done"
        return response
    return "after this"


@main.route("/resp/nocontent", endpoint="resp_nocontent")
def resp_nocontent():
    return "", 204


@main.route("/resp/etag", endpoint="resp_etag")
def resp_etag():
    response = make_response("etag body")
    response.set_etag("abc123")
    return response.make_conditional(request)


@main.route("/resp/escape/<path:v>", endpoint="resp_escape")
def resp_escape(v):
    return f"Hello, {escape(v)}!"


@main.route("/resp/app-error", endpoint="resp_app_error")
def resp_app_error():
    raise AppError("bad thing", 422)


@main.route("/resp/special-app-error", endpoint="resp_special_app_error")
def resp_special_app_error():
    raise SpecialAppError("special", 424)


@main.route("/resp/boom", endpoint="resp_boom")
def resp_boom():
    raise BoomError(SECRET)


@main.route("/resp/key-error", endpoint="resp_key_error")
def resp_key_error():
    return {}["plain-dict-key"]


@main.route("/cookie/set", endpoint="cookie_set")
def cookie_set():
    args, options = request.args, {}
    for name in ("max_age", "expires"):
        if name in args:
            options[name] = int(args[name])
    for name in ("path", "domain", "samesite"):
        if name in args:
            options[name] = args[name]
    for name in ("secure", "httponly"):
        if name in args:
            options[name] = args[name] == "1"
    response = make_response("cookie set")
    response.set_cookie(args.get("name", "theme"), args.get("value", ""), **options)
    return response


@main.route("/cookie/two", endpoint="cookie_two")
def cookie_two():
    response = make_response("two cookies")
    response.set_cookie("first", "1")
    response.set_cookie("second", "2")
    return response


@main.route("/cookie/delete", endpoint="cookie_delete")
def cookie_delete():
    response = make_response("cookie deleted")
    response.delete_cookie(request.args.get("name", "theme"), **{n: request.args[n] for n in ("path", "domain") if n in request.args})
    return response


# --- errors
@main.errorhandler(404)
def not_found(error):
    return render_template("page_not_found.html"), 404


@main.errorhandler(418)
def teapot(error):
    return "custom teapot", 418, {"X-Teapot": "1"}


@main.errorhandler(410)
def gone(error):
    return "gone but answered 200"


@main.errorhandler(AppError)
def app_error(error):
    return {"error": error.message}, error.status


@main.errorhandler(500)
def failed(error):
    return ("custom 500: unhandled" if getattr(error, "original_exception", None) is not None else "custom 500: aborted"), 500


# --- hooks
log, log_lock = {}, threading.Lock()


def in_hooks():
    return request.path.startswith("/hooks/")


@main.before_request
def before_one():
    g.color, g.seen = "green", []
    if in_hooks():
        g.seen.append("b1")
        if request.args.get("stop") == "1":
            return "stopped by b1"


@main.before_request
def before_two():
    if in_hooks():
        g.seen.append("b2")
        stop = request.args.get("stop")
        if stop == "2":
            return "stopped by b2", 403, {"X-Stop": "b2"}
        if stop == "raise":
            raise AppError("raised in b2", 409)
        if stop == "abort":
            abort(401)


@main.after_request
def after_one(response):
    if in_hooks():
        response.headers["X-Seen"] = ",".join(g.seen)
        response.headers["X-Order"] = response.headers.get("X-Order", "") + "a1"
    return response


@main.after_request
def after_two(response):
    if in_hooks():
        response.headers["X-Order"] = response.headers.get("X-Order", "") + "a2"
        if request.args.get("replace") == "1":
            return make_response("replaced by a2", 299)
    return response


@main.teardown_request
def teardown(error):
    token = request.args.get("token")
    if token and in_hooks() and not request.path.startswith("/hooks/log"):
        with log_lock:
            log.setdefault(token, []).append(type(error).__name__ if error else "none")


@main.route("/hooks/plain", endpoint="hooks_plain")
def hooks_plain():
    return "plain " + ",".join(g.seen)


@main.route("/hooks/boom", endpoint="hooks_boom")
def hooks_boom():
    raise BoomError(SECRET)


@main.route("/hooks/handled", endpoint="hooks_handled")
def hooks_handled():
    raise AppError("handled", 422)


@main.route("/hooks/abort", endpoint="hooks_abort")
def hooks_abort():
    abort(403)


@main.route("/hooks/log", endpoint="hooks_log")
def hooks_log():
    with log_lock:
        return jsonify(log=log.get(request.args.get("token", ""), []))


@main.route("/hooks/isolated", endpoint="hooks_isolated")
def hooks_isolated():
    before = g.get("ident")
    g.ident = session["ident"] = request.args["id"]
    time.sleep(min(500, max(0, request.args.get("delay", 0, type=int))) / 1000)
    return jsonify(before=before, g=g.ident, arg=request.args["id"], path=request.path, session=session["ident"], cookie=request.cookies.get("who"), seen=g.seen)


# --- sessions
@main.route("/session/", endpoint="session_index")
def session_index():
    return f"Logged in as {escape(session['username'])}" if "username" in session else "You are not logged in"


@main.route("/session/login", endpoint="session_login", methods=["GET", "POST"])
def session_login():
    if request.method == "POST":
        session["username"] = request.form["username"]
        if request.form.get("permanent") == "1":
            session.permanent = True
        return redirect(url_for("session_index"))
    return "login form"


@main.route("/session/logout", endpoint="session_logout")
def session_logout():
    session.pop("username", None)
    return redirect(url_for("session_index"))


@main.route("/session/clear", endpoint="session_clear")
def session_clear():
    session.clear()
    return "cleared"


@main.route("/session/counter", endpoint="session_counter")
def session_counter():
    session["count"] = (session.get("count") or 0) + 1
    return str(session["count"])


@main.route("/session/dump", endpoint="session_dump")
def session_dump():
    return jsonify(session=dict(session), permanent=session.permanent)


@main.route("/session/set", endpoint="session_set", methods=["POST"])
def session_set():
    for key, value in request.get_json().items():
        session[key] = value
    return "stored"


@main.route("/session/nested", endpoint="session_nested")
def session_nested():
    items = session.setdefault("list", [])
    items.append("x")
    if request.args.get("mark") == "1":
        session.modified = True
    return jsonify(n=len(items))


@main.route("/session/untouched", endpoint="session_untouched")
def session_untouched():
    return "no session here"


# --- flashing
@main.route("/flash/add", endpoint="flash_add")
def flash_add():
    for message in request.args.getlist("m"):
        flash(message, *([request.args["c"]] if "c" in request.args else []))
    return "flashed"


@main.route("/flash/show", endpoint="flash_show")
def flash_show():
    return jsonify(messages=get_flashed_messages())


@main.route("/flash/show-categories", endpoint="flash_show_categories")
def flash_show_categories():
    return jsonify(messages=get_flashed_messages(with_categories=True, category_filter=request.args.getlist("f")))


@main.route("/flash/twice", endpoint="flash_twice")
def flash_twice():
    return jsonify(first=get_flashed_messages(), second=get_flashed_messages())


@main.route("/flash/same-request", endpoint="flash_same_request")
def flash_same_request():
    flash("now")
    return jsonify(messages=get_flashed_messages())


@main.route("/flash/redirect", endpoint="flash_redirect")
def flash_redirect():
    flash("after redirect", "info")
    return redirect("/flash/show")


@main.route("/flash/page", endpoint="flash_page")
def flash_page():
    return render_template("child.html", items=[])


# --- uploads
def hashed(data):
    return hashlib.sha256(data).hexdigest()


@main.route("/upload", endpoint="upload", methods=["GET", "POST"])
def upload():
    if request.method != "POST":
        return "upload form"
    files = []
    for field in request.files:
        for file in request.files.getlist(field):
            data = file.read()
            files.append(dict(field=field, filename=file.filename, content_type=file.mimetype, size=len(data), sha256=hashed(data)))
    return jsonify(files=files, form=lists(request.form))


@main.route("/upload/one", endpoint="upload_one", methods=["POST"])
def upload_one():
    file = request.files["the_file"]
    return jsonify(filename=file.filename, size=len(file.read()))


@main.route("/upload/save", endpoint="upload_save", methods=["POST"])
def upload_save():
    file = request.files["the_file"]
    name = secure_filename(file.filename)
    if not name:
        return "empty name", 400
    file.save(os.path.join(main.config["UPLOAD_DIR"], name))
    return jsonify(saved=name)


@main.route("/upload/stored/<name>", endpoint="upload_stored")
def upload_stored(name):
    path = os.path.join(main.config["UPLOAD_DIR"], secure_filename(name))
    if not os.path.isfile(path):
        return jsonify(exists=False)
    data = open(path, "rb").read()
    return jsonify(exists=True, size=len(data), sha256=hashed(data))


@main.route("/upload/secure", endpoint="upload_secure")
def upload_secure():
    return jsonify(name=secure_filename(request.args["name"]))


# --- templates
@main.route("/tpl/hello/", endpoint="tpl_hello")
@main.route("/tpl/hello/<name>", endpoint="tpl_hello")
def tpl_hello(name=None):
    return render_template("hello.html", name=name)


@main.route("/tpl/attr", endpoint="tpl_attr")
def tpl_attr():
    return render_template("attr.html", v=request.args.get("v", ""))


@main.route("/tpl/context", endpoint="tpl_context", methods=["GET", "POST"])
def tpl_context():
    return render_template("context.html")


@main.route("/tpl/child", endpoint="tpl_child")
def tpl_child():
    return render_template("child.html", items=request.args.getlist("item"))


@main.route("/tpl/markup", endpoint="tpl_markup")
def tpl_markup():
    v = request.args.get("v", "<em>x</em>")
    return render_template("markup.html", v=v, m=Markup("<strong>a &amp; b</strong>"), f=Markup("<b>%s</b>") % v)


# --- middleware
def info():
    return jsonify(endpoint=request.endpoint, script_root=request.script_root, path=request.path, url=request.url, base_url=request.base_url,
                   url_root=request.url_root, host=request.host, scheme=request.scheme, is_secure=request.is_secure, remote_addr=request.remote_addr,
                   built=url_for("user", username="x y"), external=url_for("user", username="x y", _external=True), static=url_for("static", filename="style.css"))


main.add_url_rule("/mw/info", "mw_info", info)
main.add_url_rule("/info", "mw_plain_info", info)


@main.route("/mw/redirect", endpoint="mw_redirect")
def mw_redirect():
    return redirect(url_for("mw_info"))


@main.route("/mw/branch/", endpoint="mw_branch")
def mw_branch():
    return "branch"


class Mark:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def marked(status, headers, exc_info=None):
            return start_response(status, [*headers, ("X-Middleware", "on")], exc_info)
        return self.app(environ, marked if environ.get("HTTP_X_CONFORMANCE_MARK") == "1" else start_response)


class Fix:
    def __init__(self, app):
        self.app, self.proxy = app, ProxyFix(app, x_for=1, x_proto=1, x_host=1, x_prefix=1)

    def __call__(self, environ, start_response):
        kind = environ.get("HTTP_X_CONFORMANCE_FIX")
        if kind == "proxy":
            return self.proxy(environ, start_response)
        if kind == "cgiroot":
            environ["PATH_INFO"] = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
            environ["SCRIPT_NAME"] = ""
        return self.app(environ, start_response)


class Mount:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        mount, path = environ.get("HTTP_X_CONFORMANCE_MOUNT"), environ["PATH_INFO"]
        if mount is not None and (path == mount or path.startswith(mount + "/")):
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = mount, path[len(mount):]
        return self.app(environ, start_response)


main.wsgi_app = Mount(Fix(Mark(main.wsgi_app)))

# --- the plain application
plain = Flask("plain", root_path=str(HERE), static_folder=None)


@plain.route("/")
def index():
    return "plain app"


@plain.route("/boom")
def boom():
    raise BoomError(SECRET)


@plain.route("/boom-post", methods=["POST"])
def boom_post():
    raise BoomError(f"{SECRET} {request.form.get('p', '')}")


@plain.route("/none")
def none():
    return None


@plain.route("/abort/<int:code>", endpoint="abort")
def plain_abort(code):
    abort(code)


@plain.route("/session", endpoint="session")
def plain_session():
    session["x"] = 1
    return "never"


@plain.route("/stream-boom")
def stream_boom():
    def pieces():
        raise BoomError(SECRET)
        yield "never"
    return Response(pieces())


@plain.route("/build-missing")
def build_missing():
    return url_for("no_such_endpoint_7c1f")


@plain.route("/tpl-missing")
def tpl_missing():
    return render_template("no_such_template_7c1f.html")
