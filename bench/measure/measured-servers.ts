import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A server that is measured: how it is installed into a folder, and the command that starts it there on the port of `PORT`. */
export interface MeasuredServer {
  readonly name: string;
  /** Programs of this machine that it needs. */
  readonly needs: readonly string[];
  /** Files to write before it is installed. */
  readonly files: Readonly<Record<string, string>>;
  /** The commands that install it, in the folder. They are left out if the last of them has succeeded before. */
  readonly install: readonly (readonly string[])[];
  /** The command, as it is typed after `--command`. */
  readonly command: string;
  /** Settings of the plan, as they are typed after `--set`. */
  readonly settings?: readonly string[];
}

const PYTHON_APP = `def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '5')])
    return [b'hello']
`;

const ASGI_APP = `async def app(scope, receive, send):
    if scope['type'] != 'http':
        return
    await send({'type': 'http.response.start', 'status': 200, 'headers': [(b'content-length', b'5')]})
    await send({'type': 'http.response.body', 'body': b'hello'})
`;

const GO_SERVER = `package main

import (
	"io"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") })
	http.ListenAndServe(":"+os.Getenv("PORT"), nil)
}
`;

const AXUM_SERVER = `use axum::{routing::get, Router};

#[tokio::main]
async fn main() {
    let app = Router::new().route("/", get(|| async { "hello" })).route("/health", get(|| async { "ok" }));
    let address = format!("0.0.0.0:{}", std::env::var("PORT").unwrap());
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
`;

const CARGO_TOML = `[package]
name = "measured"
version = "0.1.0"
edition = "2021"

[dependencies]
axum = "=0.8.9"
tokio = { version = "1", features = ["macros", "rt-multi-thread", "net"] }
`;

const SPRING_APP = `package measured;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Application {
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @GetMapping("/")
    public String hello() {
        return "hello";
    }

    @GetMapping("/health")
    public String health() {
        return "ok";
    }
}
`;

const SPRING_POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>4.0.7</version>
  </parent>
  <groupId>measured</groupId>
  <artifactId>measured</artifactId>
  <version>1</version>
  <properties><java.version>17</java.version></properties>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
  </dependencies>
  <build>
    <finalName>measured</finalName>
    <plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins>
  </build>
</project>
`;

/** php-fpm speaks FastCGI: nginx is in front of it, as in most images. Both are of one task. */
const PHP_START = `#!/bin/sh
folder=$(mktemp -d)
trap 'kill $(jobs -p); rm -r "$folder"' TERM INT EXIT
cat > "$folder/fpm.conf" <<END
[global]
error_log = $folder/fpm.log
daemonize = no
[www]
user = nobody
listen = $folder/fpm.sock
listen.mode = 0666
pm = static
pm.max_children = 4
END
cat > "$folder/nginx.conf" <<END
daemon off;
error_log $folder/nginx.log;
pid $folder/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path $folder/body;
  fastcgi_temp_path $folder/fastcgi;
  proxy_temp_path $folder/proxy;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  server {
    listen $PORT;
    location / {
      fastcgi_param SCRIPT_FILENAME $PWD/index.php;
      fastcgi_param REQUEST_METHOD \\$request_method;
      fastcgi_pass unix:$folder/fpm.sock;
    }
  }
}
END
chmod 755 "$folder"
php-fpm8.2 --nodaemonize --allow-to-run-as-root --fpm-config "$folder/fpm.conf" &
nginx -c "$folder/nginx.conf" &
wait
`;

const JS_SERVER = `export default { port: Number(process.env.PORT), fetch: () => new Response('hello') };
`;

const DENO_SERVER = `Deno.serve({ port: Number(Deno.env.get('PORT')) }, () => new Response('hello'));
`;

const VENV = [
  ['python3', '-m', 'venv', 'venv'],
  ['venv/bin/pip', 'install', '--quiet', 'gunicorn==27.0.1', 'uvicorn[standard]==0.54.0'],
] as const;

/** A task of one vCPU with memory for a Java virtual machine. */
const LARGE = ['cpu=1024', 'memoryLimitMiB=2048'] as const;

/** The servers, by the name with which the bench selects them. */
export const MEASURED_SERVERS: readonly MeasuredServer[] = [
  {
    name: 'gunicorn',
    needs: ['python3'],
    files: { 'app.py': PYTHON_APP },
    install: VENV,
    command: 'venv/bin/gunicorn --bind 0.0.0.0:$PORT --workers 2 app:app',
  },
  {
    name: 'uvicorn',
    needs: ['python3'],
    files: { 'app.py': ASGI_APP },
    install: VENV,
    command: 'venv/bin/uvicorn --host 0.0.0.0 --port $PORT --no-access-log app:app',
  },
  {
    name: 'spring-boot',
    needs: ['java', 'mvn'],
    files: { 'pom.xml': SPRING_POM, 'src/main/java/measured/Application.java': SPRING_APP },
    install: [['mvn', '--quiet', '--batch-mode', 'package']],
    command: 'java -jar target/measured.jar --server.port=$PORT',
    settings: LARGE,
  },
  {
    name: 'net-http',
    needs: ['go'],
    files: { 'main.go': GO_SERVER, 'go.mod': 'module measured\n\ngo 1.24\n' },
    install: [['go', 'build', '-o', 'measured', '.']],
    command: './measured',
  },
  {
    name: 'axum',
    needs: ['cargo'],
    files: { 'src/main.rs': AXUM_SERVER, 'Cargo.toml': CARGO_TOML },
    install: [['cargo', 'build', '--release', '--quiet']],
    command: 'target/release/measured',
  },
  {
    name: 'php-fpm',
    needs: ['php-fpm8.2', 'nginx'],
    files: { 'index.php': "<?php echo 'hello';\n", 'start.sh': PHP_START },
    install: [],
    command: 'sh start.sh',
  },
  {
    name: 'puma',
    needs: ['puma'],
    files: { 'config.ru': "run ->(_) { [200, { 'content-type' => 'text/plain' }, ['hello']] }\n" },
    install: [],
    command: 'puma --quiet --bind tcp://0.0.0.0:$PORT config.ru',
  },
  {
    name: 'bun',
    needs: ['npm'],
    files: { 'server.js': JS_SERVER, 'package.json': '{"private":true}\n' },
    install: [['npm', 'install', '--silent', '--ignore-scripts', '@oven/bun-linux-x64@1.4.5']],
    command: 'node_modules/@oven/bun-linux-x64/bin/bun server.js',
  },
  {
    name: 'deno',
    needs: ['npm'],
    files: { 'server.js': DENO_SERVER, 'package.json': '{"private":true}\n' },
    install: [['npm', 'install', '--silent', '--ignore-scripts', '@deno/linux-x64-glibc@2.9.6']],
    command: 'node_modules/@deno/linux-x64-glibc/deno run --allow-net --allow-env server.js',
  },
];

/** Installs a server into a folder of its own below the given one, and returns that. */
export function installServer({ name, files, install }: MeasuredServer, parent: string): string {
  const folder = join(parent, name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  const mark = join(folder, '.installed');
  if (existsSync(mark)) return folder;
  for (const [program, ...args] of install) execFileSync(program!, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  writeFileSync(mark, '');
  return folder;
}
