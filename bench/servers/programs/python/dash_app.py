"""A page of Dash, by its own server."""
import os

from dash import Dash, html

app = Dash(__name__)
app.layout = html.Div("ok")
server = app.server

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=int(os.environ["PORT"]))
