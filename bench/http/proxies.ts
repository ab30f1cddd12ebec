import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Programs } from './bundled';
import { has, onCore, Running } from './running';

/** A proxy between a client and a server. */
export interface Contender {
  readonly name: string;
  /** What has to be installed. */
  readonly command?: string;
  /** Starts it in front of a port; undefined where the client connects to the server directly. */
  readonly start?: (target: number) => Promise<Running>;
}

/** The load balancer and what it is compared with; those that are not installed are named and left out. */
export function proxiesOf(programs: Programs): Contender[] {
  const all: Contender[] = [
    { name: 'directly' },
    {
      name: 'load balancer',
      start: (target) => Running.start(() => [...onCore(0), process.execPath, programs.balancer], { TARGET: String(target) }),
    },
    { name: 'haproxy', command: 'haproxy', start: (target) => Running.start((port) => haproxy(programs.folder, port, target)) },
    { name: 'nginx', command: 'nginx', start: (target) => Running.start((port) => nginx(programs.folder, port, target)) },
  ];
  const missing = all.filter(({ command }) => command !== undefined && !has(command));
  for (const { name } of missing) console.log(`${name} is not installed, and left out`);
  return all.filter((proxy) => !missing.includes(proxy));
}

function haproxy(folder: string, port: number, target: number): string[] {
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(
    file,
    `global
  nbthread 1
  maxconn 8000
defaults
  mode http
  timeout connect 10s
  timeout client 60s
  timeout server 60s
  option forwardfor
frontend front
  bind 127.0.0.1:${port} backlog 8192
  default_backend back
backend back
  http-reuse always
  server one 127.0.0.1:${target}
`,
  );
  return [...onCore(0), 'haproxy', '-db', '-q', '-f', file];
}

function nginx(folder: string, port: number, target: number): string[] {
  const file = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr;
events { worker_connections 8192; }
http {
  access_log off; ${temporary}
  upstream one { server 127.0.0.1:${target}; keepalive 1024; }
  keepalive_requests 1000000;
  server {
    listen 127.0.0.1:${port} backlog=8192;
    location / {
      proxy_pass http://one; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }
}
`,
  );
  return [...onCore(0), 'nginx', '-e', 'stderr', '-p', folder, '-c', file];
}
