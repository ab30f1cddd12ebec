import type { Recipe } from './recipe';

/** A server of Debian. */
export function recipe(
  name: string,
  server: string,
  packages: readonly string[],
  command: string,
  details: Partial<Recipe> & { advisedCommand?: string; build?: string } = {},
): Recipe {
  const { advisedCommand, build, ...rest } = details;
  const words = (text: string) => text.split(' ');
  return {
    name,
    server,
    installation: { kind: 'debian', packages, build: build?.split(' ') },
    command: words(command),
    version: ['sh', '-c', `dpkg-query -W -f '\${Version}' ${packages[0]} | sed 's/^[0-9]*://; s/[-+~].*//'`],
    ...(advisedCommand !== undefined && { advised: { command: words(advisedCommand), ...rest.advised } }),
    ...rest,
    ...(advisedCommand !== undefined && rest.advised !== undefined && { advised: { command: words(advisedCommand), ...rest.advised } }),
  };
}

const NGINX = `daemon off; worker_processes 1; pid $FOLDER/$PORT.pid; error_log /dev/stderr;
events {}
http { access_log /dev/stdout; client_body_temp_path $FOLDER/body$PORT; proxy_temp_path $FOLDER/proxy$PORT; fastcgi_temp_path $FOLDER/fastcgi$PORT;
  $SETTINGS
  server { listen $PORT; location /slow { proxy_pass http://127.0.0.1:$UPSTREAM; } location / { return 200 ok; } } }`;

const APACHE = `ServerRoot /etc/apache2
ServerName localhost
Listen $PORT
PidFile $FOLDER/$PORT.pid
DefaultRuntimeDir $FOLDER
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
ErrorLog /dev/stderr
ProxyPass /slow http://127.0.0.1:$UPSTREAM/slow
DocumentRoot $FOLDER/www
FallbackResource /index.html
$SETTINGS`;

const HAPROXY = `global
  log stdout format raw local0
defaults
  mode http
  timeout client 50s
  timeout server 50s
  timeout connect 5s
  $SETTINGS
frontend web
  bind :$PORT
  http-request return status 200 content-type text/plain string ok unless { path /slow }
  default_backend app
backend app
  server app 127.0.0.1:$UPSTREAM
`;

const LIGHTTPD = `server.port = $PORT
server.document-root = "$FOLDER/www"
server.modules = ("mod_proxy", "mod_rewrite")
$HTTP["url"] == "/slow" { proxy.server = ("" => (("host" => "127.0.0.1", "port" => $UPSTREAM))) }
url.rewrite-once = ("^/(?!slow).*" => "/index.html")
$SETTINGS`;

const settings = (text: string, values: string) => text.replace('$SETTINGS', values);

/** Servers of Debian, and of languages that it has. */
export const DEBIAN_RECIPES: readonly Recipe[] = [
  recipe('nginx', 'nginx', ['nginx-light', 'nginx-common'], 'nginx -c $FOLDER/nginx-$PORT.conf', {
    version: ['sh', '-c', "nginx -v 2>&1 | sed 's/.*nginx.//'"],
    files: { 'nginx-$PORT.conf': settings(NGINX, '') },
    advisedFiles: { 'nginx-$PORT.conf': settings(NGINX, 'large_client_header_buffers 4 32k;') },
    advised: { stopSignal: 'SIGQUIT' },
  }),
  recipe('apache', 'Apache httpd', ['apache2'], 'apache2 -D FOREGROUND -f $FOLDER/apache-$PORT.conf', {
    variant: 'event',
    files: { 'apache-$PORT.conf': settings(APACHE, '') },
    advisedFiles: { 'apache-$PORT.conf': settings(APACHE, 'KeepAliveTimeout 65\nLimitRequestFieldSize 32768') },
    advised: { stopSignal: 'SIGWINCH' },
  }),
  recipe('haproxy', 'HAProxy', ['haproxy'], 'haproxy -W -f $FOLDER/haproxy-$PORT.cfg', {
    variant: '-W',
    files: { 'haproxy-$PORT.cfg': settings(HAPROXY, '') },
    advisedFiles: { 'haproxy-$PORT.cfg': settings(HAPROXY, 'timeout http-keep-alive 65s\n  timeout client 65s') },
    advised: { stopSignal: 'SIGUSR1' },
  }),
  recipe('lighttpd', 'lighttpd', ['lighttpd'], 'lighttpd -D -f $FOLDER/lighttpd-$PORT.conf', {
    files: { 'lighttpd-$PORT.conf': settings(LIGHTTPD, '') },
    advisedFiles: { 'lighttpd-$PORT.conf': settings(LIGHTTPD, 'server.max-keep-alive-idle = 65\nserver.max-request-field-size = 32768') },
    advised: { stopSignal: 'SIGINT' },
  }),
  recipe('caddy', 'Caddy', ['caddy'], 'caddy run --config $FOLDER/Caddyfile-$PORT --adapter caddyfile', {
    files: {
      'Caddyfile-$PORT':
        '{\n  admin off\n}\n:$PORT {\n  handle /slow {\n    reverse_proxy 127.0.0.1:$UPSTREAM\n  }\n  handle {\n    respond "ok"\n  }\n}\n',
    },
  }),
  recipe('puma', 'puma', ['puma'], 'puma -b tcp://0.0.0.0:$PORT config.ru', {
    advisedCommand: 'puma -C puma.rb -b tcp://0.0.0.0:$PORT config.ru',
  }),
  recipe('unicorn', 'unicorn', ['unicorn'], 'unicorn -l 0.0.0.0:$PORT config.ru', { advised: { stopSignal: 'SIGQUIT' } }),
  recipe('thin', 'thin', ['thin'], 'thin start -a 0.0.0.0 -p $PORT -R config.ru --threaded', {
    variant: '--threaded',
    advisedCommand: 'thin start -a 0.0.0.0 -p $PORT -R config.ru --threaded -t 65',
    advised: { stopSignal: 'SIGQUIT' },
  }),
  recipe('webrick', 'WEBrick', ['ruby-webrick'], 'ruby webrick.rb', {
    variant: 'trap TERM, shutdown',
    advisedCommand: 'ruby webrick.rb advised',
  }),
  recipe('starman', 'Starman', ['starman'], 'starman --port $PORT app.psgi', {
    advisedCommand: 'starman --port $PORT --keepalive-timeout 65 app.psgi',
    advised: { stopSignal: 'SIGQUIT' },
  }),
  recipe('twiggy', 'Twiggy', ['twiggy'], 'twiggy --port $PORT app.psgi', { version: ['perl', '-MTwiggy', '-e', 'print $Twiggy::VERSION'] }),
  recipe('mojo', 'Mojolicious daemon', ['libmojolicious-perl'], 'perl app.pl daemon -l http://0.0.0.0:$PORT', {
    advisedCommand: 'perl app.pl daemon -k 65 -l http://0.0.0.0:$PORT',
  }),
  recipe('php', 'php -S', ['php8.2-cli'], 'php -S 0.0.0.0:$PORT index.php'),
  recipe('busybox', 'BusyBox httpd', ['busybox'], 'busybox httpd -f -p $PORT -h $FOLDER/www', { hasSlowPath: false }),
];
