# asynchttp
import std/[asynchttpserver, asyncdispatch, os, strutils]
proc main() {.async.} =
  var server = newAsyncHttpServer()
  proc respond(request: Request) {.async, gcsafe.} =
    if request.url.path == "/slow": await sleepAsync(2000)
    await request.respond(Http200, "ok")
  server.listen(Port(parseInt(getEnv("PORT"))))
  while true:
    await server.acceptRequest(respond)
waitFor main()
