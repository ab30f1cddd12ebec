import type { Recipe } from './recipe';

/** A server that `servers.mjs` starts. */
export function programRecipe(name: string, server: string, packages: readonly string[], details: Partial<Recipe> = {}): Recipe {
  const command = ['node', '../servers.mjs', name];
  return {
    name,
    server,
    installation: { kind: 'npm', packages },
    version: ['node', '-p', packages[0] === undefined ? 'process.versions.node' : `require('${packages[0]}/package.json').version`],
    command,
    advised: { command: [...command, 'advised'] },
    ...details,
  };
}

/** Servers of JavaScript. */
export const NODE_RECIPES: readonly Recipe[] = [
  programRecipe('http', 'Node.js', []),
  programRecipe('express', 'Express', ['express']),
  programRecipe('koa', 'Koa', ['koa']),
  programRecipe('hapi', 'hapi', ['@hapi/hapi']),
  programRecipe('fastify', 'Fastify', ['fastify']),
  programRecipe('hono', 'Hono on Node.js', ['@hono/node-server', 'hono'], {
    version: ['node', '-p', "JSON.parse(require('fs').readFileSync('node_modules/@hono/node-server/package.json')).version"],
  }),
  programRecipe('polka', 'Polka', ['polka']),
  programRecipe('restana', 'restana', ['restana']),
  programRecipe('tinyhttp', 'tinyhttp', ['@tinyhttp/app'], {
    version: ['node', '-p', "JSON.parse(require('fs').readFileSync('node_modules/@tinyhttp/app/package.json')).version"],
  }),
  programRecipe('micro', 'micro', ['micro']),
  programRecipe('connect', 'Connect', ['connect']),
  programRecipe('bun', 'Bun', ['bun'], {
    command: ['node_modules/.bin/bun', '../bun.js'],
    advised: { command: ['node_modules/.bin/bun', '../bun.js', 'advised'] },
    version: ['node_modules/.bin/bun', '--version'],
  }),
  programRecipe('deno', 'Deno', ['deno'], {
    command: ['node_modules/.bin/deno', 'run', '-A', '../deno.js'],
    advised: { command: ['node_modules/.bin/deno', 'run', '-A', '../deno.js', 'advised'] },
    version: ['node', '-p', "require('deno/package.json').version"],
  }),
];
