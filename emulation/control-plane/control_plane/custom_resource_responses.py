"""The URLs to which custom resources send their responses: one server on loopback, and one path for each request."""

import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue

_places: dict = {}
_server: ThreadingHTTPServer | None = None
_lock = threading.Lock()


class _Receiver(BaseHTTPRequestHandler):
    def do_PUT(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        place = _places.get(self.path.split("?")[0].strip("/"))
        self.send_response(200 if place else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()
        if place:
            place.receive(body)

    do_POST = do_PUT

    def log_message(self, *_):
        """The events of the stack say what happened."""


class _Place:
    def __init__(self, port: int):
        self._key = uuid.uuid4().hex
        self._received: Queue = Queue()
        _places[self._key] = self
        # functions have a query in it, and send it along.
        self.url = f"http://127.0.0.1:{port}/{self._key}?signature=none"

    def receive(self, body: bytes) -> None:
        try:
            self._received.put(json.loads(body))
        except ValueError:
            self._received.put({"Status": "FAILED", "Reason": "the response is not JSON"})

    def wait(self, seconds: float) -> dict | None:
        try:
            return self._received.get(timeout=seconds)
        except Empty:
            return None

    def close(self) -> None:
        _places.pop(self._key, None)


def response_place() -> _Place:
    global _server
    with _lock:
        if _server is None:
            _server = ThreadingHTTPServer(("127.0.0.1", 0), _Receiver)
            threading.Thread(target=_server.serve_forever, name="custom resource responses", daemon=True).start()
    return _Place(_server.server_address[1])


def response_port() -> int | None:
    return _server.server_address[1] if _server else None
