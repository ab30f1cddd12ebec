import type { KnownServer } from './known-server';

/** Libraries of C and C++, and small servers. */
export const C_SERVERS: readonly KnownServer[] = [
  {
    name: 'libmicrohttpd',
    language: 'C',
    recognition: { library: 'so:libmicrohttpd' },
    measurements: [
      {
        variant: 'thread per conn',
        version: '0.9.75',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 200,
        endsAsProcessOne: false,
      },
    ],
  },
  {
    name: 'evhttp',
    language: 'C',
    recognition: { library: 'so:libevent' },
    measurements: [
      {
        version: '2.1.12',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 200,
        endsAsProcessOne: false,
      },
    ],
  },
  {
    name: 'Pistache',
    language: 'C++',
    recognition: { library: 'so:libpistache' },
    measurements: [
      {
        version: '0.0.5',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.02,
        exit: 'SIGTERM',
        header10KB: 413,
      },
    ],
  },
  {
    name: 'ulfius',
    language: 'C',
    recognition: { library: 'so:libulfius' },
    measurements: [
      {
        version: '2.7.13',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 200,
        endsAsProcessOne: false,
      },
    ],
  },
  {
    name: 'CivetWeb',
    language: 'C',
    recognition: { library: 'so:libcivetweb' },
    keepAlive: 'enable_keep_alive yes, keep_alive_timeout_ms 65000',
    measurements: [{ version: '1.15', date: '2026-11-29', idleSeconds: 'each', exitSeconds: 0.06, exit: 0, header10KB: 200 }],
  },
  {
    name: 'BusyBox httpd',
    language: 'C',
    recognition: { command: /\bbusybox\b.*\bhttpd\b/ },
    measurements: [{ version: '1.35', date: '2026-11-29', idleSeconds: 'each', exitSeconds: 0, exit: 'SIGTERM', header10KB: 200 }],
  },
  {
    name: 'mini_httpd',
    language: 'C',
    recognition: { serverHeader: /^mini_httpd(?:\/([\d.]+))?/, command: /\bmini_httpd\b/ },
    keepAlive: 'mini_httpd has no keep-alive: nginx serves files with it',
    measurements: [
      { version: '1.30', date: '2026-11-30', idleSeconds: 'each', exitSeconds: 0.35, exit: 1, header10KB: 200, endsAsProcessOne: true },
    ],
  },
  {
    name: 'webfs',
    language: 'C',
    recognition: { serverHeader: /^webfs(?:\/([\d.]+))?/, command: /\bwebfsd\b/ },
    keepAlive: 'webfsd -t 65',
    longHeaders: 'nginx with large_client_header_buffers 4 32k; instead: webfs has a limit of 4 KB',
    keepAliveWords: / -t ?\d/,
    isSetByCommand: true,
    measurements: [
      { version: '1.21', date: '2026-11-30', idleSeconds: 10, exitSeconds: 0.04, exit: 0, header10KB: 'closed', endsAsProcessOne: true },
    ],
  },
  {
    name: 'cpp-httplib',
    language: 'C++',
    recognition: { library: 'so:libcpp-httplib' },
    keepAlive: 'server.set_keep_alive_timeout(65), server.set_keep_alive_max_count(1000000) and more threads than connections',
    completeRequests: 'on SIGTERM call server.stop(), and alarm(20), since it waits for idle connections',
    longHeaders: '#define CPPHTTPLIB_HEADER_MAX_LENGTH 32768 before the header, which is compiled then',
    measurements: [
      {
        version: '0.11.4',
        date: '2026-11-30',
        idleSeconds: 5.6,
        completesRequests: false,
        exitSeconds: 0.08,
        exit: 'SIGTERM',
        header10KB: 400,
        endsAsProcessOne: false,
      },
    ],
  },
];
