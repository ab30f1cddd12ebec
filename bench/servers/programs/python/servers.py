"""Starts one of the servers that have no command of their own: python servers.py NAME [advised]."""
import os
import signal
import sys
import time

PORT = int(os.environ["PORT"])
NAME = sys.argv[1]
ADVISED = sys.argv[2:] == ["advised"]


def aiohttp():
    import asyncio
    from aiohttp import web

    async def respond(request):
        if request.path == "/slow":
            await asyncio.sleep(2)
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_get("/{path:.*}", respond)
    web.run_app(app, port=PORT)


def tornado():
    import asyncio
    from tornado import web

    class Handler(web.RequestHandler):
        async def get(self):
            if self.request.path == "/slow":
                await asyncio.sleep(2)
            self.write("ok")

    async def main():
        server = web.Application([(r"/.*", Handler)]).listen(PORT)
        stopped = asyncio.Event()
        if ADVISED:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
        await stopped.wait()
        server.stop()
        await asyncio.sleep(3)

    asyncio.run(main())


def twisted():
    from twisted.internet import reactor, task
    from twisted.web import resource, server

    class Root(resource.Resource):
        isLeaf = True

        def render_GET(self, request):
            if request.path != b"/slow":
                return b"ok"
            task.deferLater(reactor, 2, lambda: (request.write(b"ok"), request.finish()))
            return server.NOT_DONE_YET

    reactor.listenTCP(PORT, server.Site(Root(), timeout=65) if ADVISED else server.Site(Root()))
    reactor.run()


def eventlet():
    import eventlet as library
    from eventlet import wsgi

    library.monkey_patch()
    from wsgi import app

    wsgi.server(library.listen(("0.0.0.0", PORT)), app, **({"url_length_limit": 17000} if ADVISED else {}))


def gevent():
    from gevent import monkey

    monkey.patch_all()
    from gevent.pywsgi import WSGIServer
    from wsgi import app

    WSGIServer(("0.0.0.0", PORT), app).serve_forever()


def httpserver():
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1" if ADVISED else "HTTP/1.0"

        def do_GET(self):
            if self.path == "/slow":
                time.sleep(2)
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

    ThreadingHTTPServer(("0.0.0.0", PORT), Handler).serve_forever()


def bottle():
    from bottle import Bottle

    app = Bottle()

    @app.route("/<path:path>")
    @app.route("/")
    def respond(path=""):
        if path == "slow":
            time.sleep(2)
        return "ok"

    app.run(host="0.0.0.0", port=PORT)


def cheroot():
    from cheroot.wsgi import Server
    from wsgi import app

    server = Server(("0.0.0.0", PORT), app)
    if ADVISED:
        server.timeout = 65
        signal.signal(signal.SIGTERM, lambda *_: setattr(server, "interrupt", SystemExit()))
    server.start()


def cherrypy():
    import cherrypy as library
    from wsgi import app

    library.tree.graft(app, "/")
    settings = {"server.socket_host": "0.0.0.0", "server.socket_port": PORT}
    if ADVISED:
        settings["server.socket_timeout"] = 65
    library.config.update(settings)
    library.engine.signals.subscribe()
    library.engine.start()
    library.engine.block()


def granian():
    from granian import Granian
    from granian.http import HTTP1Settings

    Granian("asgi:app", address="0.0.0.0", port=PORT, interface="asgi", http1_settings=HTTP1Settings(header_read_timeout=66000)).serve()


def microdot():
    import asyncio
    from microdot import Microdot

    app = Microdot()

    @app.get("/<path:path>")
    async def respond(request, path):
        if path == "slow":
            await asyncio.sleep(2)
        return "ok"

    @app.get("/")
    async def root(request):
        return "ok"

    app.run(host="0.0.0.0", port=PORT)


def bjoern():
    import bjoern as library
    from wsgi import app

    library.run(app, "0.0.0.0", PORT)


if __name__ == "__main__":
    globals()[NAME]()
