# ruby webrick.rb [advised]
require 'webrick'
options = { Port: ENV.fetch('PORT').to_i, AccessLog: [] }
options[:RequestTimeout] = 65 if ARGV.include?('advised')
server = WEBrick::HTTPServer.new(options)
server.mount_proc('/') do |request, response|
  sleep 2 if request.path == '/slow'
  response.body = 'ok'
end
trap('TERM') { server.shutdown }
server.start
