/* microhttpd: a thread for each connection */
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static enum MHD_Result respond(void* context, struct MHD_Connection* connection, const char* url, const char* method, const char* version,
                               const char* data, size_t* size, void** state) {
  static int seen;
  if (*state == NULL) {
    *state = &seen;
    return MHD_YES;
  }
  if (strcmp(url, "/slow") == 0) sleep(2);
  struct MHD_Response* response = MHD_create_response_from_buffer(2, "ok", MHD_RESPMEM_PERSISTENT);
  enum MHD_Result result = MHD_queue_response(connection, 200, response);
  MHD_destroy_response(response);
  return result;
}
int main(void) {
  MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD, atoi(getenv("PORT")), 0, 0, respond, 0, MHD_OPTION_END);
  for (;;) pause();
}
