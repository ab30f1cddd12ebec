// pike server.pike
int main() {
  Protocols.HTTP.Server.Port(lambda(Protocols.HTTP.Server.Request request) {
    if (request->not_query == "/slow") call_out(lambda() { request->response_and_finish(([ "data": "ok", "type": "text/plain" ])); }, 2);
    else request->response_and_finish(([ "data": "ok", "type": "text/plain" ]));
  }, (int) getenv("PORT"));
  return -1;
}
