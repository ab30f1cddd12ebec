"""The same with Flask."""
import time

from flask import Flask

app = Flask(__name__)


@app.get("/slow")
def slow():
    time.sleep(2)
    return "ok"


@app.get("/")
@app.get("/health")
def root():
    return "ok"
