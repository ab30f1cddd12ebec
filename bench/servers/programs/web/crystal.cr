# crystal [advised]
require "http/server"
server = HTTP::Server.new do |context|
  sleep 2 if context.request.path == "/slow"
  context.response.print "ok"
end
Signal::TERM.trap { server.close; spawn { sleep 3; exit } } if ARGV.includes?("advised")
server.bind_tcp "0.0.0.0", ENV["PORT"].to_i
server.listen
sleep 3
