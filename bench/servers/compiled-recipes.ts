import type { Recipe } from './recipe';

/** A program of Go, a folder of `programs/go`. */
function goRecipe(target: string, server: string, module: string | undefined, details: Partial<Recipe> = {}): Recipe {
  return {
    name: target,
    server,
    installation: { kind: 'go', target },
    command: [`$FOLDER/go/bin/${target}`],
    version: [
      'sh',
      '-c',
      module === undefined ? 'go env GOVERSION' : `go version -m $FOLDER/go/bin/${target} | awk '$2 == "${module}" { print $3 }'`,
    ],
    ...details,
  };
}

/** A program of Rust, a file of `programs/rust/src/bin`. */
function rustRecipe(target: string, server: string, crate: string, details: Partial<Recipe> = {}): Recipe {
  return {
    name: target,
    server,
    installation: { kind: 'cargo', target },
    command: [`$FOLDER/rust/target/debug/${target}`],
    version: ['sh', '-c', `grep -A1 '^name = "${crate}"' $FOLDER/rust/Cargo.lock | sed -n 's/version = "\\(.*\\)"/\\1/p' | head -1`],
    ...details,
  };
}

/** Spring Boot with one of its servers. */
function springRecipe(target: string, server: string, variable: string): Recipe {
  return {
    name: `spring-${target}`,
    server,
    installation: { kind: 'maven', target },
    command: ['java', '-Xmx256m', '-XX:TieredStopAtLevel=1', '-jar', `$FOLDER/java/${target}.jar`, '--server.port=$PORT'],
    advised: { environment: { [variable]: '65s', SERVER_MAXHTTPREQUESTHEADERSIZE: '32KB' } },
    version: ['echo', '3.5.7'],
  };
}

/** Servers that are compiled. */
export const COMPILED_RECIPES: readonly Recipe[] = [
  goRecipe('nethttp', 'net/http', undefined, { variant: 'ListenAndServe', advised: { command: ['$FOLDER/go/bin/shutdown'] } }),
  goRecipe('shutdown', 'net/http', undefined, {
    variant: '+ Shutdown',
    advised: { command: ['$FOLDER/go/bin/shutdown', 'after-5-seconds'] },
  }),
  goRecipe('fasthttp', 'fasthttp', 'github.com/valyala/fasthttp'),
  goRecipe('fiber2', 'Fiber', 'github.com/gofiber/fiber/v2'),
  goRecipe('echo4', 'Echo', 'github.com/labstack/echo/v4'),
  goRecipe('gin', 'Gin', 'github.com/gin-gonic/gin'),
  goRecipe('chi', 'chi', 'github.com/go-chi/chi/v5'),
  goRecipe('gorilla', 'gorilla/mux', 'github.com/gorilla/mux'),
  goRecipe('hertz', 'Hertz', 'github.com/cloudwego/hertz'),
  rustRecipe('axum', 'axum', 'axum', { advised: { command: ['$FOLDER/rust/target/debug/axum', 'graceful'] } }),
  rustRecipe('actix', 'actix-web', 'actix-web', { advised: { command: ['$FOLDER/rust/target/debug/actix', 'keep-alive-65'] } }),
  rustRecipe('tinyhttp-rust', 'tiny_http', 'tiny_http', {
    command: ['$FOLDER/rust/target/debug/tinyhttp'],
    installation: { kind: 'cargo', target: 'tinyhttp' },
  }),
  rustRecipe('warp', 'warp', 'warp'),
  springRecipe('tomcat', 'Spring Boot on Tomcat', 'SERVER_TOMCAT_KEEPALIVETIMEOUT'),
  springRecipe('jetty', 'Spring Boot on Jetty', 'SERVER_JETTY_CONNECTIONIDLETIMEOUT'),
  springRecipe('undertow', 'Spring Boot on Undertow', 'SERVER_UNDERTOW_NOREQUESTTIMEOUT'),
  {
    name: 'jdk',
    server: 'jdk.httpserver',
    installation: { kind: 'maven', target: 'jdk' },
    command: ['java', '-cp', '$FOLDER/java/jdk', 'jdk'],
    version: ['sh', '-c', 'java -version 2>&1 | sed -n \'s/.*"\\(.*\\)".*/\\1/p\''],
  },
];
