# The real Flask, beside Modular, with the same secret key. Prints the port that it listens on.
import os

from flask import Flask, flash, get_flashed_messages, jsonify, request, session
from markupsafe import Markup
from werkzeug.serving import make_server

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@app.get("/login")
def login():
    session["username"] = request.args["name"]
    session["roles"] = ("admin", "editor")
    session["blob"] = b"\x00\xff" * 40
    session.permanent = True
    return "in"


@app.get("/whoami")
def whoami():
    roles = session.get("roles")
    return jsonify(username=session.get("username"), roles=roles, tuple=isinstance(roles, tuple), blob=len(session.get("blob", b"")), permanent=session.permanent)


@app.get("/flash")
def flash_():
    flash("from Flask <b>", "info")
    flash(Markup("<i>markup of Flask</i>"))
    return "flashed"


@app.get("/messages")
def messages():
    return jsonify([[category, message, isinstance(message, Markup)] for category, message in get_flashed_messages(with_categories=True)])


server = make_server("127.0.0.1", 0, app)
print(server.server_port, flush=True)
server.serve_forever()
