# ruby sinatra_app.rb
require 'sinatra'
set :port, ENV.fetch('PORT').to_i
set :bind, '0.0.0.0'
get('/slow') { sleep 2; 'ok' }
get('/') { 'ok' }
get('/health') { 'ok' }
