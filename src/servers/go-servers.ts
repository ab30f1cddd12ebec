import type { KnownServer } from './known-server';

/** Servers of Go, the specific ones first. */
export const GO_SERVERS: readonly KnownServer[] = [
  {
    name: 'fasthttp',
    language: 'Go',
    recognition: { serverHeader: /^fasthttp/, library: 'go:github.com/valyala/fasthttp' },
    completeRequests: 'on SIGTERM call server.Shutdown()',
    longHeaders: 'Server{ReadBufferSize: 32768}',
    measurements: [
      {
        version: '1.78.0',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.02,
        exit: 'SIGTERM',
        header10KB: 431,
        endsAsProcessOne: true,
      },
    ],
  },
  {
    name: 'Fiber 3',
    language: 'Go',
    recognition: { library: 'go:github.com/gofiber/fiber/v3' },
    completeRequests: 'on SIGTERM call app.Shutdown()',
    longHeaders: 'fiber.Config{ReadBufferSize: 32768}',
    measurements: [
      {
        version: '3.1.0',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 431,
      },
    ],
  },
  {
    name: 'Fiber',
    language: 'Go',
    recognition: { library: 'go:github.com/gofiber/fiber/v2' },
    completeRequests: 'on SIGTERM call app.Shutdown()',
    longHeaders: 'fiber.Config{ReadBufferSize: 32768}',
    measurements: [
      {
        version: '2.52.15',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 431,
      },
    ],
  },
  {
    name: 'Echo 5',
    language: 'Go',
    recognition: { library: 'go:github.com/labstack/echo/v5' },
    keepAlive: 'IdleTimeout: 65 * time.Second of the http.Server',
    measurements: [
      { version: '5.4.5', date: '2026-11-29', idleSeconds: 30, completesRequests: true, exitSeconds: 0.02, exit: 2, header10KB: 200 },
    ],
  },
  {
    name: 'Echo',
    language: 'Go',
    recognition: { library: 'go:github.com/labstack/echo/v4' },
    completeRequests: 'signal.NotifyContext for SIGTERM, then Shutdown(ctx) of the echo.Echo',
    measurements: [
      {
        version: '4.16.4',
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
    name: 'chi',
    language: 'Go',
    recognition: { library: 'go:github.com/go-chi/chi/v5' },
    completeRequests: 'signal.NotifyContext for SIGTERM, then Shutdown of the http.Server',
    measurements: [
      {
        version: '5.5.0',
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
    name: 'Hertz',
    language: 'Go',
    recognition: { serverHeader: /^hertz/, library: 'go:github.com/cloudwego/hertz' },
    measurements: [
      {
        version: '0.10.4',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: true,
        exitSeconds: 5.02,
        exit: 0,
        header10KB: 200,
      },
    ],
  },
  {
    name: 'net/http',
    language: 'Go',
    recognition: { library: 'go:std' },
    completeRequests: 'signal.NotifyContext for SIGTERM, then Shutdown of the http.Server',
    measurements: [
      {
        variant: '+ Shutdown',
        version: '1.26.8',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: true,
        exitSeconds: 0,
        exit: 0,
        header10KB: 200,
      },
    ],
  },
];
