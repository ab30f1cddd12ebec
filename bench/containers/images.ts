import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installServer, MEASURED_SERVERS } from '../measure/measured-servers';
import { RootFolder } from './root-folder';

/** An image that is built of programs of this machine, as the published image of the program is: its signal, user and entry point. */
export interface BenchImage {
  readonly name: string;
  /** Programs of this machine that it needs. */
  readonly needs: readonly string[];
  /** Fills the root of the image. */
  readonly fill: (root: RootFolder, servers: string) => void;
  /** The instructions of its Dockerfile after the files. */
  readonly instructions: readonly string[];
  /** The signal that ends it, as `check` prints it. */
  readonly stopSignal: string;
  /** Settings of the plan, as they are typed after `--set`. */
  readonly settings?: readonly string[];
}

const NGINX_CONFIGURATION = `daemon off;
error_log /dev/stderr;
pid /tmp/nginx.pid;
events {}
http {
  access_log /dev/stdout;
  client_body_temp_path /tmp/body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  server {
    listen 8080;
    location / { return 200 hello; }
    location ~ \\.php$ {
      fastcgi_param SCRIPT_FILENAME /app/index.php;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_pass unix:/tmp/fpm.sock;
    }
  }
}
`;

const PHP_CONFIGURATION = `[global]
error_log = /dev/stderr
daemonize = no
[www]
listen = /tmp/fpm.sock
pm = static
pm.max_children = 2
`;

const HTTPD_CONFIGURATION = `ServerName localhost
ServerRoot /tmp
DefaultRuntimeDir /tmp
PidFile /tmp/httpd.pid
Listen 8080
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
DocumentRoot /app
ErrorLog /dev/stderr
TransferLog /dev/stdout
`;

/** Where a server of the measurement is installed. */
function installed(name: string, servers: string): string {
  return installServer(MEASURED_SERVERS.find((server) => server.name === name)!, servers);
}

const NODE_SERVER = `const server = require('node:http').createServer((request, response) => response.end('hello')).listen(process.env.PORT);
server.keepAliveTimeout = 65_000;
process.once('SIGTERM', () => server.close());
`;

export const BENCH_IMAGES: readonly BenchImage[] = [
  {
    // not `node`, the name of the image for tests, which has no command.
    name: 'node-http',
    needs: ['node'],
    fill: (root) => {
      root.addProgram(process.execPath, '/usr/bin/node');
      root.write('/app/server.cjs', NODE_SERVER);
    },
    instructions: ['USER 10001:10001', 'EXPOSE 8080', 'CMD ["/usr/bin/node", "/app/server.cjs"]'],
    stopSignal: 'SIGTERM',
  },
  {
    name: 'nginx',
    needs: ['nginx'],
    fill: (root) => {
      root.addProgram('/usr/sbin/nginx');
      root.write('/etc/nginx.conf', NGINX_CONFIGURATION);
      root.write('/var/log/nginx/error.log', '');
    },
    instructions: [
      'USER 10001:10001',
      'EXPOSE 8080',
      'STOPSIGNAL SIGQUIT',
      'HEALTHCHECK CMD ["/no/such/program"]',
      'ENTRYPOINT ["/usr/sbin/nginx", "-c", "/etc/nginx.conf"]',
    ],
    stopSignal: 'SIGQUIT',
  },
  {
    name: 'httpd',
    needs: ['apache2'],
    fill: (root) => {
      root.addProgram('/usr/sbin/apache2');
      // loaded by name when a thread ends.
      root.addProgram('/usr/lib/x86_64-linux-gnu/libgcc_s.so.1', '/usr/lib/libgcc_s.so.1');
      for (const name of ['mpm_event', 'authz_core', 'dir']) root.addProgram(`/usr/lib/apache2/modules/mod_${name}.so`);
      root.write('/etc/httpd.conf', HTTPD_CONFIGURATION);
      root.write('/app/index.html', 'hello');
      root.write('/app/health', 'ok');
    },
    instructions: [
      'USER 10001:10001',
      'EXPOSE 8080',
      'STOPSIGNAL SIGWINCH',
      'CMD ["/usr/sbin/apache2", "-D", "FOREGROUND", "-f", "/etc/httpd.conf"]',
    ],
    stopSignal: 'SIGWINCH',
  },
  {
    name: 'php-fpm',
    needs: ['php-fpm8.2', 'nginx', 'dash'],
    fill: (root) => {
      for (const program of ['/usr/sbin/nginx', '/usr/sbin/php-fpm8.2']) root.addProgram(program);
      root.addProgram('/usr/bin/dash', '/usr/bin/sh');
      root.write(
        '/etc/nginx.conf',
        NGINX_CONFIGURATION.replace('location / { return 200 hello; }', 'location / { rewrite ^ /index.php; }'),
      );
      root.write('/etc/fpm.conf', PHP_CONFIGURATION);
      root.write('/etc/php/8.2/fpm/php.ini', '');
      root.write('/var/log/nginx/error.log', '');
      root.write('/app/index.php', "<?php echo 'hello';\n");
      root.write('/entrypoint.sh', '#!/bin/sh\nphp-fpm8.2 --fpm-config /etc/fpm.conf &\nexec "$@"\n');
    },
    instructions: [
      'USER 10001:10001',
      'EXPOSE 8080',
      'STOPSIGNAL SIGQUIT',
      'ENTRYPOINT ["/usr/bin/sh", "/entrypoint.sh"]',
      'CMD ["nginx", "-c", "/etc/nginx.conf"]',
    ],
    stopSignal: 'SIGQUIT',
  },
  {
    name: 'spring-boot',
    needs: ['java', 'mvn'],
    fill: (root, servers) => {
      const java = dirname(dirname(realpathSync(execFileSync('which', ['java'], { encoding: 'utf8' }).trim())));
      root.addFolder(java, '/jre', (path) => /\/(jmods|man|src\.zip|legal|demo)(\/|$)/.test(path));
      root.addProgram(join(java, 'bin', 'java'), '/jre/bin/java');
      root.addFolder(join(installed('spring-boot', servers), 'target'), '/app', (path) =>
        /\/target\/.*(classes|maven|generated|original)/.test(path),
      );
    },
    instructions: ['USER 10001:10001', 'EXPOSE 8080', 'ENTRYPOINT ["/jre/bin/java", "-jar", "/app/measured.jar"]'],
    stopSignal: 'SIGTERM',
    settings: ['cpu=1024', 'memoryLimitMiB=2048'],
  },
  {
    name: 'go',
    needs: ['go'],
    fill: (root, servers) => root.addProgram(join(installed('net-http', servers), 'measured'), '/usr/bin/measured'),
    instructions: ['USER 10001:10001', 'EXPOSE 8080', 'CMD ["/usr/bin/measured"]'],
    stopSignal: 'SIGTERM',
  },
  {
    name: 'rust',
    needs: ['cargo'],
    fill: (root, servers) => root.addProgram(join(installed('axum', servers), 'target/release/measured'), '/usr/bin/measured'),
    instructions: ['USER 10001:10001', 'EXPOSE 8080', 'CMD ["/usr/bin/measured"]'],
    stopSignal: 'SIGTERM',
  },
  {
    name: 'uvicorn',
    needs: ['python3'],
    fill: (root, servers) => {
      const folder = installed('uvicorn', servers);
      const python = realpathSync(join(folder, 'venv/bin/python'));
      const [library] = readdirSync(join(folder, 'venv/lib'));
      root.addProgram(python, '/usr/bin/python3');
      root.addFolder(join(dirname(dirname(python)), 'lib', library!), join('/usr/lib', library!), (path) =>
        /\/(site-packages|test|__pycache__)(\/|$)/.test(path),
      );
      root.addFolder(join(folder, 'venv/lib', library!, 'site-packages'), '/app/packages');
      root.addProgram(join(folder, 'app.py'), '/app/app.py');
    },
    instructions: [
      'USER 10001:10001',
      'EXPOSE 8080',
      'ENV PYTHONPATH=/app/packages:/app PYTHONHOME=/usr PYTHONDONTWRITEBYTECODE=1',
      'CMD ["/usr/bin/python3", "-m", "uvicorn", "--host", "0.0.0.0", "--port", "8080", "app:app"]',
    ],
    stopSignal: 'SIGTERM',
  },
];

/** The name of an image, which is in no registry. */
export function tagOf({ name }: BenchImage): string {
  return `localhost/cdk-rehearsal-${name}:local`;
}

/** Writes the root and the Dockerfile of an image into a folder. */
export function writeContext({ fill, instructions }: BenchImage, folder: string, servers: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'root'), { recursive: true });
  fill(new RootFolder(join(folder, 'root')), servers);
  writeFileSync(join(folder, 'Dockerfile'), ['FROM scratch', 'ADD root/ /', 'ENV PATH=/usr/bin:/usr/sbin', ...instructions, ''].join('\n'));
}
