from flask import Flask, Response, jsonify

app = Flask(__name__, static_folder=None)


@app.route("/plaintext")
def plaintext():
    return Response("Hello, World!", content_type="text/plain; charset=utf-8")


@app.route("/json")
def json():
    return jsonify(text="Hello, World!")
