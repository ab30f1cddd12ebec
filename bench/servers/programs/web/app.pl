use Mojolicious::Lite -signatures;
# of hypnotoad only: its port is in its configuration, and a second one with the same pid_file would replace the first.
app->config(hypnotoad => {listen => ["http://*:$ENV{PORT}"], pid_file => "/tmp/hypnotoad-$ENV{PORT}.pid", $ENV{ADVISED} ? (keep_alive_timeout => 65, graceful_timeout => 20) : ()}) if $ENV{PORT};
get '/slow' => sub ($c) { $c->render_later; Mojo::IOLoop->timer(2 => sub { $c->render(text => 'ok') }) };
get '/*rest' => { rest => '' } => sub ($c) { $c->render(text => 'ok') };
app->start;
