/* ulfius */
#include <stdlib.h>
#include <string.h>
#include <ulfius.h>
#include <unistd.h>
static int respond(const struct _u_request* request, struct _u_response* response, void* data) {
  if (strcmp(request->http_url, "/slow") == 0) sleep(2);
  ulfius_set_string_body_response(response, 200, "ok");
  return U_CALLBACK_CONTINUE;
}
int main(void) {
  struct _u_instance instance;
  ulfius_init_instance(&instance, atoi(getenv("PORT")), NULL, NULL);
  ulfius_add_endpoint_by_val(&instance, "GET", NULL, "/*", 0, &respond, NULL);
  ulfius_start_framework(&instance);
  for (;;) pause();
}
