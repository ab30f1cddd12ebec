"""A page of NiceGUI."""
import os

from nicegui import ui

ui.label("ok")
ui.run(host="0.0.0.0", port=int(os.environ["PORT"]), show=False, reload=False)
