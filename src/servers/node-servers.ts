import type { KnownServer } from './known-server';

/** Servers of JavaScript, the specific ones first. */
export const NODE_SERVERS: readonly KnownServer[] = [
  {
    name: 'Bun',
    language: 'JavaScript',
    recognition: { command: /\bbun\b/, image: /(?:^|\/)bun[:@]|^oven\/bun/ },
    keepAlive: 'Bun.serve({ idleTimeout: 65 })',
    keepAliveTriedSeconds: 68.1,
    completeRequests: "process.on('SIGTERM', () => server.stop().then(() => process.exit(0)))",
    keepAliveWords: /idleTimeout/,
    measurements: [
      { version: '1.4.5', date: '2026-11-29', idleSeconds: 12, completesRequests: false, exitSeconds: 0, exit: 'SIGTERM', header10KB: 200 },
    ],
  },
  {
    name: 'Deno',
    language: 'JavaScript',
    recognition: { command: /\bdeno\b/, image: /(?:^|\/)deno[:@]/ },
    completeRequests: "Deno.addSignalListener('SIGTERM', () => server.shutdown())",
    measurements: [
      {
        version: '2.9.6',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.02,
        exit: 'SIGTERM',
        header10KB: 200,
      },
    ],
  },
  {
    name: 'npm start',
    language: 'JavaScript',
    recognition: { command: /^npm /m },
    keepAlive: 'server.keepAliveTimeout = 65_000, in milliseconds, on the http.Server',
    keepAliveTriedSeconds: 66,
    completeRequests: 'write CMD ["node", "server.js"]: npm does not wait for the server',
    keepAliveWords: /keepAliveTimeout/,
    measurements: [
      {
        variant: 'node:http 20',
        version: '11',
        date: '2026-11-29',
        idleSeconds: 6,
        completesRequests: true,
        exitSeconds: 0.02,
        exit: 'SIGTERM',
        header10KB: 200,
      },
    ],
  },
  {
    name: 'Node.js',
    language: 'JavaScript',
    recognition: { command: /\bnode(?:js)?\b/, image: /(?:^|\/)node[:@]/ },
    keepAlive: 'server.keepAliveTimeout = 65_000, in milliseconds, on the http.Server',
    keepAliveTriedSeconds: 66,
    completeRequests: "process.on('SIGTERM', () => server.close(() => process.exit(0)))",
    longHeaders: 'node --max-http-header-size=32768',
    keepAliveWords: /keepAliveTimeout/,
    measurements: [
      {
        version: '20.20.2',
        date: '2026-11-29',
        idleSeconds: 6,
        completesRequests: false,
        exitSeconds: 0.02,
        exit: 'SIGTERM',
        header10KB: 200,
      },
    ],
  },
];
