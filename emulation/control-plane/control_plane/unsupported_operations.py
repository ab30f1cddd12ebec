"""Answers requests for operations that moto does not have with an error of the service instead of a stack trace."""

import json
from xml.sax.saxutils import escape


class UnsupportedOperations:
    """Middleware around moto's application."""

    def __init__(self, application):
        self._application = application

    def __call__(self, environ, start_response):
        # only browsers send it: no page may deploy here.
        if "HTTP_ORIGIN" in environ:
            start_response("403 Forbidden", [("Content-Length", "0")])
            return [b""]
        try:
            return self._application(environ, start_response)
        except NotImplementedError as error:
            message = f"{error or 'The operation'} (not supported by this emulation)"
            is_json = "HTTP_X_AMZ_TARGET" in environ or "json" in environ.get("CONTENT_TYPE", "")
            kind, body = _json(message) if is_json else _xml(message)
            start_response("400 Bad Request", [("Content-Type", kind), ("Content-Length", str(len(body)))])
            return [body]


def _json(message):
    return "application/x-amz-json-1.1", json.dumps({"__type": "UnknownOperationException", "message": message}).encode()


def _xml(message):
    error = f"<Error><Type>Sender</Type><Code>InvalidAction</Code><Message>{escape(message)}</Message></Error>"
    return "text/xml", f"<ErrorResponse>{error}<RequestId>none</RequestId></ErrorResponse>".encode()
