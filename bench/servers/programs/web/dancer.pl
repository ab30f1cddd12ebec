# perl dancer.pl
use Dancer2;
set port => $ENV{PORT};
set logger => 'null';
get '/slow' => sub { sleep 2; 'ok' };
get '/' => sub { 'ok' };
get '/health' => sub { 'ok' };
start;
