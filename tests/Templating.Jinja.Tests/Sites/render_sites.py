"""Renders the pages of pages.json with Flask, and writes one JSON answer a line."""
import datetime
import json
import os
import sys

import flask

HERE = os.path.dirname(os.path.abspath(__file__))


def value(v):
    if isinstance(v, list):
        return [value(i) for i in v]
    if not isinstance(v, dict):
        return v
    if list(v) == ["$date"]:
        return datetime.datetime.fromisoformat(v["$date"])
    return {k: value(i) for k, i in v.items()}


def application(site, described):
    app = flask.Flask(site, root_path=os.path.join(HERE, site))
    app.secret_key = "sites"
    app.config.update(described["config"])
    for endpoint, rule in described["endpoints"].items():
        app.add_url_rule(rule, endpoint, lambda **_: "")
    return app


def main():
    with open(os.path.join(HERE, "pages.json"), encoding="utf-8") as file:
        described = json.load(file)
    for page in described["pages"]:
        with application(page["site"], described).test_request_context(page["path"]):
            for name, item in page.get("g", {}).items():
                setattr(flask.g, name, value(item))
            flask.session.update(page.get("session", {}))
            for category, message in page.get("flashes", []):
                flask.flash(message, category)
            print(json.dumps(flask.render_template(page["template"], **value(page["context"]))))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
