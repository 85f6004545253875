"""Answers routing questions with Werkzeug: one JSON line in, one JSON line out. The first line tells the version.

Run by DifferentialTests with Debian's /usr/bin/python3, where python3-werkzeug is 2.2.2. MODULAR_WERKZEUG may name a folder with a newer one.
"""

import json
import os
import struct
import sys
import uuid

if "MODULAR_WERKZEUG" in os.environ:
    sys.path.insert(0, os.environ["MODULAR_WERKZEUG"])

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BuildError, Map, RequestRedirect, Rule, exceptions
from werkzeug.routing.exceptions import WebsocketMismatch

DuplicateRuleError = getattr(exceptions, "DuplicateRuleError", None)


def value_of(item):
    if isinstance(item, dict):
        return uuid.UUID(item["uuid"])
    return [value_of(one) for one in item] if isinstance(item, list) else item


def values_of(items):
    return {name: value_of(value) for name, value in items.items()}


def show(value):
    if isinstance(value, float):
        return "f:" + struct.pack(">d", value).hex()
    return f"{type(value).__name__[0]}:{value}"


def make_rule(rule, index):
    made = Rule(
        rule["text"],
        endpoint=rule["endpoint"],
        methods=rule["methods"],
        strict_slashes=rule["strict"],
        merge_slashes=rule["merge"],
        websocket=rule["websocket"],
        build_only=rule["buildOnly"],
        alias=rule["alias"],
        defaults=values_of(rule["defaults"]) if rule["defaults"] else None,
        redirect_to=rule["redirectTo"],
        subdomain=rule["subdomain"],
        host=rule["host"],
    )
    made.index = index
    return made


def make_map(case):
    rules = Map(
        strict_slashes=case["strict"],
        merge_slashes=case["merge"],
        redirect_defaults=case["redirectDefaults"],
        host_matching=case["hostMatching"],
        default_subdomain="",
    )
    refused = []
    for index, rule in enumerate(case["rules"]):
        if DuplicateRuleError is None:
            if index in case["refused"]:
                refused.append(index)
            else:
                rules.add(make_rule(rule, index))
            continue
        try:
            rules.add(make_rule(rule, index))
        except DuplicateRuleError:
            refused.append(index)
    return rules, refused


def match(adapter, ask):
    try:
        rule, values = adapter.match(ask["path"], ask["method"], return_rule=True, websocket=ask["websocket"])
        shown = ", ".join(f"{name}={show(value)}" for name, value in sorted(values.items()))
        return f"{rule.index} {{{shown}}}"
    except RequestRedirect as redirect:
        return f"308 {redirect.new_url}"
    except MethodNotAllowed as error:
        return f"405 {','.join(sorted(error.valid_methods))}"
    except WebsocketMismatch:
        return "400"
    except NotFound:
        return "404"


def build(adapter, ask):
    return adapter.build(
        ask["endpoint"],
        values_of(ask["values"]),
        method=ask["method"],
        force_external=ask["external"],
        append_unknown=ask["appendUnknown"],
        url_scheme=ask["scheme"],
    )


def answer(adapter, ask):
    try:
        if ask["op"] == "match":
            return match(adapter, ask)
        if ask["op"] == "allowed":
            return ",".join(sorted(adapter.allowed_methods(ask["path"])))
        return build(adapter, ask)
    except BuildError:
        return "no rule"
    except (ValueError, TypeError):
        return "bad value"


def main():
    from importlib.metadata import version

    newest = DuplicateRuleError is not None
    print(json.dumps("newest" if newest else version("werkzeug")), flush=True)
    for line in sys.stdin:
        case = json.loads(line)
        rules, refused = make_map(case)
        bind = case["bind"]
        adapter = rules.bind(
            bind["server"], bind["script"], bind["subdomain"], bind["scheme"], bind["method"], query_args=bind["query"]
        )
        answers = [answer(adapter, ask) for ask in case["asks"]]
        print(json.dumps({"refused": refused, "answers": answers}), flush=True)


main()
