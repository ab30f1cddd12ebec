import type { KnownServer } from './known-server';

/** Servers of Rust, the specific ones first. */
export const RUST_SERVERS: readonly KnownServer[] = [
  {
    name: 'actix-web',
    language: 'Rust',
    recognition: { library: 'crates:actix-web' },
    keepAlive: 'HttpServer::new(…).keep_alive(Duration::from_secs(65))',
    measurements: [
      {
        version: '4.18.1',
        date: '2026-11-29',
        idleSeconds: 4.9,
        completesRequests: true,
        exitSeconds: 0.31,
        exit: 0,
        header10KB: 200,
        endsAsProcessOne: true,
      },
    ],
  },
  {
    name: 'axum',
    language: 'Rust',
    recognition: { library: 'crates:axum' },
    completeRequests: 'axum::serve(…).with_graceful_shutdown(…) with tokio::signal::unix',
    measurements: [
      {
        version: '0.8.9',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.01,
        exit: 'SIGTERM',
        header10KB: 200,
        endsAsProcessOne: false,
      },
      {
        variant: 'with_graceful_shutdown',
        version: '0.8.9',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: true,
        exitSeconds: 0,
        exit: 0,
        header10KB: 200,
      },
    ],
  },
  {
    name: 'warp',
    language: 'Rust',
    recognition: { library: 'crates:warp' },
    completeRequests: 'warp::serve(…).bind(…).await.graceful(…)',
    measurements: [
      {
        version: '0.4.3',
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
    name: 'poem',
    language: 'Rust',
    recognition: { library: 'crates:poem' },
    completeRequests: 'Server::run_with_graceful_shutdown',
    measurements: [
      {
        version: '3.1.12',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 200,
      },
    ],
  },
  {
    name: 'salvo',
    language: 'Rust',
    recognition: { library: 'crates:salvo_core' },
    completeRequests: 'server.handle().stop_graceful(None) on SIGTERM',
    measurements: [
      { version: '1.1.0', date: '2026-11-29', idleSeconds: 30, completesRequests: false, exitSeconds: 0, exit: 'SIGTERM', header10KB: 200 },
    ],
  },
  {
    name: 'ntex',
    language: 'Rust',
    recognition: { library: 'crates:ntex' },
    keepAlive: 'KeepAlive of 65 s in the configuration of the server',
    measurements: [
      { version: '3.12.3', date: '2026-11-29', idleSeconds: 6, completesRequests: true, exitSeconds: 0.37, exit: 0, header10KB: 200 },
    ],
  },
  {
    name: 'tiny_http',
    language: 'Rust',
    recognition: { serverHeader: /^tiny-http/, library: 'crates:tiny_http' },
    measurements: [
      {
        version: '0.12.0',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 200,
      },
    ],
  },
  {
    name: 'hyper',
    language: 'Rust',
    recognition: { library: 'crates:hyper' },
    keepAlive: 'http1::Builder::header_read_timeout(Duration::from_secs(65)), with a timer',
    completeRequests: 'graceful_shutdown of each connection on SIGTERM',
    measurements: [
      {
        version: '1.12.0',
        date: '2026-11-29',
        idleSeconds: 30,
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 200,
      },
    ],
  },
];
