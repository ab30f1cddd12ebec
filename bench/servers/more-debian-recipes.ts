import { recipe } from './debian-recipes';
import type { Recipe } from './recipe';

const NGINX_BEFORE_PHP = `daemon off; worker_processes 1; pid $FOLDER/$PORT.pid; error_log /dev/stderr;
events {}
http { access_log off; client_body_temp_path $FOLDER/body$PORT; fastcgi_temp_path $FOLDER/fastcgi$PORT;
  $SETTINGS
  server { listen $PORT; location / { include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME $FOLDER/web/index.php;
    fastcgi_pass unix:$FOLDER/fpm-$PORT.sock; } } }`;

const PHP_FPM = `[global]
error_log = /dev/stderr
pid = $FOLDER/fpm-$PORT.pid
daemonize = no
process_control_timeout = $SECONDS
[www]
user = www-data
group = www-data
listen = $FOLDER/fpm-$PORT.sock
listen.mode = 0666
pm = static
pm.max_children = 4
`;

const NGINX_WITH_LUA = `load_module /usr/lib/nginx/modules/ndk_http_module.so; load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
daemon off; worker_processes 1; pid $FOLDER/$PORT.pid; error_log /dev/stderr;
events {}
http { access_log off; client_body_temp_path $FOLDER/body$PORT;
  $SETTINGS
  server { listen $PORT; location / { content_by_lua_block { if ngx.var.uri == "/slow" then ngx.sleep(2) end ngx.say("ok") } } } }`;

const NGINX_WITH_FEW_REQUESTS = `daemon off; worker_processes 1; pid $FOLDER/$PORT.pid; error_log /dev/stderr;
events {}
http { access_log off; client_body_temp_path $FOLDER/body$PORT; proxy_temp_path $FOLDER/proxy$PORT; keepalive_requests 20;
  $SETTINGS
  server { listen $PORT; location /slow { proxy_pass http://127.0.0.1:$UPSTREAM; } location / { return 200 ok; } } }`;

const APACHE_WITH_PHP = `ServerRoot /etc/apache2
ServerName localhost
Listen $PORT
PidFile $FOLDER/$PORT.pid
DefaultRuntimeDir $FOLDER
User www-data
Group www-data
LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
LoadModule php_module /usr/lib/apache2/modules/libphp8.2.so
ErrorLog /dev/stderr
DocumentRoot $FOLDER/web
FallbackResource /index.php
DirectoryIndex index.php
<FilesMatch "\\.php$">
  SetHandler application/x-httpd-php
</FilesMatch>
$SETTINGS`;

const H2O = `listen: $PORT
user: root
error-log: /dev/stderr
$SETTINGS
hosts:
  default:
    paths:
      /slow:
        proxy.reverse.url: http://127.0.0.1:$UPSTREAM/slow
      /:
        file.dir: $FOLDER/www
`;

const VARNISH = `vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "$UPSTREAM"; .first_byte_timeout = 10s; }
sub vcl_recv { return (pass); }
`;

const SQUID = `http_port $PORT accel defaultsite=localhost
cache_peer 127.0.0.1 parent $UPSTREAM 0 no-query originserver name=app
http_access allow all
cache deny all
pid_filename $FOLDER/squid-$PORT.pid
access_log none
cache_log $FOLDER/squid-$PORT.log
shutdown_lifetime $SECONDS seconds
coredump_dir $FOLDER
`;

const settings = (text: string, values: string) => text.replace('$SETTINGS', values);
const seconds = (text: string, value: string) => text.replace('$SECONDS', value);
const shell = (script: string) => ['sh', '-c', script];
const START_BOTH = 'php-fpm8.2 -F -y $FOLDER/fpm-$PORT.conf & exec nginx -c $FOLDER/nginx-php-$PORT.conf';

/** Servers of Debian: proxies before others, modules, and what its other languages have. */
export const MORE_DEBIAN_RECIPES: readonly Recipe[] = [
  recipe('nginx-php', 'nginx', ['nginx-light', 'php8.2-fpm'], 'nginx', {
    variant: 'with php-fpm 8.2.36 in one container',
    command: shell(START_BOTH),
    version: ['sh', '-c', "nginx -v 2>&1 | sed 's/.*nginx.//'"],
    files: { 'nginx-php-$PORT.conf': settings(NGINX_BEFORE_PHP, ''), 'fpm-$PORT.conf': seconds(PHP_FPM, '0') },
    advisedFiles: {
      'nginx-php-$PORT.conf': settings(NGINX_BEFORE_PHP, 'large_client_header_buffers 4 32k;'),
      'fpm-$PORT.conf': seconds(PHP_FPM, '20'),
    },
    advised: { stopSignal: 'SIGQUIT' },
  }),
  recipe('nginx-lua', 'nginx', ['libnginx-mod-http-lua'], 'nginx -c $FOLDER/nginx-lua-$PORT.conf', {
    variant: 'with the module of Lua',
    version: ['sh', '-c', "nginx -v 2>&1 | sed 's/.*nginx.//'"],
    files: { 'nginx-lua-$PORT.conf': settings(NGINX_WITH_LUA, '') },
    advisedFiles: { 'nginx-lua-$PORT.conf': settings(NGINX_WITH_LUA, 'large_client_header_buffers 4 32k;') },
    advised: { stopSignal: 'SIGQUIT' },
  }),
  recipe('nginx-few-requests', 'nginx', ['nginx-light'], 'nginx -c $FOLDER/nginx-few-$PORT.conf', {
    variant: 'keepalive_requests 20',
    version: ['sh', '-c', "nginx -v 2>&1 | sed 's/.*nginx.//'"],
    files: { 'nginx-few-$PORT.conf': settings(NGINX_WITH_FEW_REQUESTS, '') },
    advised: { stopSignal: 'SIGQUIT' },
  }),
  recipe('apache-php', 'Apache httpd', ['apache2', 'libapache2-mod-php8.2'], 'apache2 -D FOREGROUND -f $FOLDER/apache-php-$PORT.conf', {
    variant: 'prefork + mod_php 8.2.36',
    files: { 'apache-php-$PORT.conf': settings(APACHE_WITH_PHP, '') },
    advisedFiles: {
      'apache-php-$PORT.conf': settings(APACHE_WITH_PHP, 'KeepAliveTimeout 65\nLimitRequestFieldSize 32768\nGracefulShutdownTimeout 20'),
    },
    advised: { stopSignal: 'SIGWINCH' },
  }),
  recipe('h2o', 'h2o', ['h2o'], 'h2o -c $FOLDER/h2o-$PORT.conf', {
    files: { 'h2o-$PORT.conf': settings(H2O, '') },
    advisedFiles: { 'h2o-$PORT.conf': settings(H2O, 'http1-request-timeout: 65') },
  }),
  recipe('varnish', 'Varnish', ['varnish'], 'varnishd -F -n $FOLDER/varnish-$PORT -a :$PORT -f $FOLDER/varnish-$PORT.vcl -s malloc,16m', {
    files: { 'varnish-$PORT.vcl': VARNISH },
  }),
  recipe('squid', 'Squid', ['squid'], 'squid -N -f $FOLDER/squid-$PORT.conf', {
    files: { 'squid-$PORT.conf': seconds(SQUID, '30') },
    advisedFiles: { 'squid-$PORT.conf': seconds(SQUID, '10') },
  }),
  recipe('nghttpx', 'nghttpx', ['nghttp2-proxy'], 'nghttpx --conf=/dev/null -f*,$PORT;no-tls -b127.0.0.1,$UPSTREAM', {
    advisedCommand:
      'nghttpx --conf=/dev/null -f*,$PORT;no-tls -b127.0.0.1,$UPSTREAM --frontend-keep-alive-timeout=65s --worker-process-grace-shutdown-period=20s',
    advised: { stopSignal: 'SIGQUIT' },
  }),
  recipe('mini-httpd', 'mini_httpd', ['mini-httpd'], 'mini_httpd -D -p $PORT -d $FOLDER/www -i $FOLDER/mini-$PORT.pid', {
    hasSlowPath: false,
  }),
  recipe('webfs', 'webfs', ['webfs'], 'webfsd -F -p $PORT -r $FOLDER/www -f index.html', { hasSlowPath: false }),
  recipe('hunchentoot', 'Hunchentoot', ['cl-hunchentoot', 'sbcl'], 'sbcl --non-interactive --load hunchentoot.lisp', {
    // the first start compiles its libraries.
    environment: { LANG: 'C.UTF-8', HOME: '/root' },
    advisedCommand: 'sbcl --non-interactive --load hunchentoot.lisp advised',
  }),
  recipe('plumber', 'plumber', ['r-cran-plumber'], 'Rscript plumber.R'),
  recipe('swi', 'SWI-Prolog', ['swi-prolog-nox'], 'swipl swi.pl', {}),
  recipe('guile', 'Guile', ['guile-3.0'], 'guile --no-auto-compile guile.scm'),
  recipe('httplib', 'cpp-httplib', ['libcpp-httplib-dev'], '$FOLDER/web/httplib', {
    build: 'g++ -O1 -std=c++17 -o httplib httplib.cpp -lcpp-httplib -lpthread',
    advisedCommand: '$FOLDER/web/httplib advised',
  }),
  recipe('microhttpd', 'libmicrohttpd', ['libmicrohttpd-dev'], '$FOLDER/web/microhttpd', {
    variant: 'thread per conn',
    build: 'cc -o microhttpd microhttpd.c -lmicrohttpd',
  }),
  recipe('evhttp', 'evhttp', ['libevent-dev'], '$FOLDER/web/evhttp', { build: 'cc -o evhttp evhttp.c -levent' }),
  recipe('ulfius', 'ulfius', ['libulfius-dev'], '$FOLDER/web/ulfius', { build: 'cc -o ulfius ulfius.c -lulfius' }),
  recipe('nim', 'asynchttpserver', ['nim'], '$FOLDER/web/asynchttp', { build: 'nim c --hints:off asynchttp.nim' }),
  recipe('crystal', 'HTTP::Server', ['crystal'], '$FOLDER/web/crystal', {
    build: 'crystal build --no-color -o crystal crystal.cr',
    advisedCommand: '$FOLDER/web/crystal advised',
  }),
  recipe('cohttp', 'Cohttp', ['libcohttp-lwt-unix-ocaml-dev'], '$FOLDER/web/caml', {
    build: 'ocamlfind ocamlopt -thread -package threads.posix,cohttp-lwt-unix -linkpkg -o caml caml.ml',
  }),
  recipe('haskell-warp', 'Warp of Haskell', ['libghc-warp-dev', 'ghc'], '$FOLDER/web/warp-haskell', {
    build: 'ghc -v0 -threaded -o warp-haskell warp.hs',
    advisedCommand: '$FOLDER/web/warp-haskell advised',
  }),
  recipe('inets', 'inets httpd', ['erlang-inets'], 'escript inets.escript'),
  recipe('mochiweb', 'MochiWeb', ['erlang-mochiweb'], 'escript mochi.escript'),
  recipe('lua-http', 'lua-http', ['lua-http', 'lua5.4'], 'lua5.4 luahttp.lua'),
  recipe('pike', 'Pike', ['pike8.0-core'], 'pike8.0 server.pike'),
  recipe('puma-workers', 'puma', ['puma'], 'puma -w 2 -b tcp://0.0.0.0:$PORT config.ru', {
    variant: '-w 2',
    advisedCommand: 'puma -w 2 -C puma.rb -b tcp://0.0.0.0:$PORT config.ru',
  }),
  recipe('sinatra', 'WEBrick', ['ruby-webrick', 'ruby-sinatra'], 'ruby sinatra_app.rb', { variant: 'Sinatra 3' }),
  recipe('hypnotoad', 'hypnotoad', ['libmojolicious-perl'], 'hypnotoad -f app.pl', {
    advised: { environment: { ADVISED: '1' }, stopSignal: 'SIGQUIT' },
  }),
  recipe('plackup', 'HTTP::Server::PSGI', ['libplack-perl'], 'plackup --port $PORT app.psgi'),
  recipe('dancer', 'HTTP::Server::PSGI', ['libplack-perl', 'libdancer2-perl'], 'perl dancer.pl', { variant: 'Dancer2' }),
  recipe('feersum', 'Feersum', ['feersum'], 'feersum --native=0 --listen :$PORT app.psgi', { variant: '--native=0' }),
];
