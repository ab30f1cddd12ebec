# A Rack application: /slow takes two seconds.
run lambda { |env|
  sleep 2 if env['PATH_INFO'] == '/slow'
  [200, { 'content-type' => 'text/plain', 'content-length' => '2' }, ['ok']]
}
