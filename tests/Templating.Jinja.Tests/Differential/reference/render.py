"""Renders templates with the real Jinja2: one case in JSON a line in, one answer a line out."""
import json
import sys

import jinja2
from jinja2 import sandbox
from markupsafe import Markup


def value(v):
    if isinstance(v, list):
        return [value(i) for i in v]
    if not isinstance(v, dict):
        return v
    if len(v) == 1:
        ((name, inner),) = v.items()
        if name == "$tuple":
            return tuple(value(i) for i in inner)
        if name == "$list":
            return [value(i) for i in inner]
        if name == "$markup":
            return Markup(inner)
        if name == "$float":
            return float(inner)
        if name == "$pairs":
            return {value(k): value(i) for k, i in inner}
    return {k: value(i) for k, i in v.items()}


EXTENSIONS = {name: f"jinja2.ext.{name}" for name in ("do", "loopcontrols", "i18n", "debug")}


def environment(case):
    options = dict(case.get("options", {}))
    undefined = getattr(jinja2, options.pop("undefined", "Undefined"))
    extensions = [EXTENSIONS[name] for name in options.pop("extensions", [])]
    made = sandbox.SandboxedEnvironment(
        loader=jinja2.DictLoader(case.get("templates", {})), undefined=undefined, extensions=extensions, **options)
    if EXTENSIONS["i18n"] in extensions:
        made.install_null_translations()
    made.globals.update(value(case.get("globals", {})))
    return made


def answer(case):
    try:
        env = environment(case)
        template = env.from_string(case["source"]) if "source" in case else env.get_template(case["name"])
        return {"output": template.render(value(case.get("context", {})))}
    except jinja2.TemplateSyntaxError as error:
        return {"error": "syntax", "message": str(error), "line": error.lineno}
    except jinja2.TemplateNotFound as error:
        return {"error": "notfound", "message": str(error)}
    except jinja2.UndefinedError as error:
        return {"error": "undefined", "message": str(error)}
    except RecursionError as error:
        return {"error": "limit", "message": str(error)}
    except Exception as error:
        return {"error": "runtime", "message": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    for line in sys.stdin:
        case = json.loads(line)
        print(json.dumps({"id": case.get("id"), **answer(case)}), flush=True)
