/* evhttp */
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdlib.h>
#include <string.h>
static void respond(evutil_socket_t fd, short events, void* request) {
  struct evbuffer* body = evbuffer_new();
  evbuffer_add(body, "ok", 2);
  evhttp_send_reply(request, 200, "OK", body);
  evbuffer_free(body);
}
static void receive(struct evhttp_request* request, void* base) {
  struct timeval delay = {strcmp(evhttp_request_get_uri(request), "/slow") == 0 ? 2 : 0, 0};
  event_base_once(base, -1, EV_TIMEOUT, respond, request, &delay);
}
int main(void) {
  struct event_base* base = event_base_new();
  struct evhttp* server = evhttp_new(base);
  evhttp_set_gencb(server, receive, base);
  evhttp_bind_socket(server, "0.0.0.0", atoi(getenv("PORT")));
  event_base_dispatch(base);
}
