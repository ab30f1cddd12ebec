use Mojolicious::Lite -signatures;
get '/slow' => sub ($c) { $c->render_later; Mojo::IOLoop->timer(2 => sub { $c->render(text => 'ok') }) };
get '/*rest' => { rest => '' } => sub ($c) { $c->render(text => 'ok') };
app->start;
