-- lua luahttp.lua
local cqueues = require 'cqueues'
local headers = require 'http.headers'
local server = assert(require('http.server').listen {
  host = '0.0.0.0', port = tonumber(os.getenv('PORT')),
  onstream = function(_, stream)
    local request = assert(stream:get_headers())
    if request:get(':path') == '/slow' then cqueues.sleep(2) end
    local response = headers.new()
    response:append(':status', '200')
    response:append('content-length', '2')
    stream:write_headers(response, false)
    stream:write_chunk('ok', true)
  end,
  onerror = function() end,
})
server:listen()
server:loop()
