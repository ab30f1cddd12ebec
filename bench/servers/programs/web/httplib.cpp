// httplib [advised]
#include <httplib.h>
#include <csignal>
#include <cstdlib>
#include <thread>
#include <unistd.h>
static httplib::Server server;
int main(int argumentCount, char**) {
  auto respond = [](const httplib::Request& request, httplib::Response& response) {
    if (request.path == "/slow") std::this_thread::sleep_for(std::chrono::seconds(2));
    response.set_content("ok", "text/plain");
  };
  server.Get("/.*", respond);
  if (argumentCount > 1) {
    server.set_keep_alive_timeout(65);
    server.set_keep_alive_max_count(1000000);
    server.new_task_queue = [] { return new httplib::ThreadPool(64); };
    std::signal(SIGTERM, [](int) {
      server.stop();
      alarm(20);
    });
  }
  server.listen("0.0.0.0", std::atoi(std::getenv("PORT")));
}
