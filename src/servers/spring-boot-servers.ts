import type { KnownServer } from './known-server';

/** Servers of Spring Boot, the specific ones first. */
export const SPRING_BOOT_SERVERS: readonly KnownServer[] = [
  {
    name: 'Spring Boot on Jetty',
    language: 'Java',
    recognition: { library: 'maven:spring-boot+jetty-server' },
    keepAlive: 'SERVER_JETTY_CONNECTIONIDLETIMEOUT=65s',
    keepAliveTriedSeconds: 65,
    completeRequests: 'server.shutdown=graceful is the default from Spring Boot 3.4 on; before, set it',
    longHeaders: 'SERVER_MAXHTTPREQUESTHEADERSIZE=32KB',
    startUpSeconds: 18,
    keepAliveWords: /connection-?idle-?timeout/i,
    keepAliveVariable: { name: 'SERVER_JETTY_CONNECTIONIDLETIMEOUT', valueOf65Seconds: '65s' },
    measurements: [
      { version: '4.0.7', date: '2026-11-29', idleSeconds: 30, completesRequests: true, exitSeconds: 0.15, exit: 143, header10KB: 431 },
    ],
  },
  {
    name: 'Spring Boot on Undertow',
    language: 'Java',
    recognition: { library: 'maven:spring-boot+undertow-core' },
    keepAlive: 'SERVER_UNDERTOW_NOREQUESTTIMEOUT=65s',
    keepAliveTriedSeconds: 65.1,
    completeRequests: 'server.shutdown=graceful is the default from Spring Boot 3.4 on; before, set it',
    longHeaders: 'SERVER_MAXHTTPREQUESTHEADERSIZE=32KB',
    startUpSeconds: 18,
    keepAliveWords: /no-?request-?timeout/i,
    keepAliveVariable: { name: 'SERVER_UNDERTOW_NOREQUESTTIMEOUT', valueOf65Seconds: '65s' },
    measurements: [
      { version: '3.5.7', date: '2026-11-29', idleSeconds: 60, completesRequests: true, exitSeconds: 0.15, exit: 143, header10KB: 400 },
    ],
  },
  {
    name: 'Spring Boot on Tomcat',
    language: 'Java',
    recognition: { library: 'maven:spring-boot+tomcat-embed-core' },
    keepAlive: 'SERVER_TOMCAT_KEEPALIVETIMEOUT=65s',
    keepAliveTriedSeconds: 65.2,
    completeRequests: 'server.shutdown=graceful is the default from Spring Boot 3.4 on; before, set it',
    longHeaders: 'SERVER_MAXHTTPREQUESTHEADERSIZE=32KB',
    startUpSeconds: 18,
    keepAliveWords: /tomcat\.?_?keep-?alive-?timeout/i,
    keepAliveVariable: { name: 'SERVER_TOMCAT_KEEPALIVETIMEOUT', valueOf65Seconds: '65s' },
    measurements: [
      {
        version: '3.5.7',
        date: '2026-11-30',
        idleSeconds: 60.7,
        completesRequests: true,
        exitSeconds: 0.39,
        exit: 143,
        header10KB: 400,
        endsAsProcessOne: true,
      },
    ],
  },
  {
    name: 'Spring Boot on Netty',
    language: 'Java',
    recognition: { library: 'maven:spring-boot+reactor-netty-http' },
    completeRequests: 'server.shutdown=graceful is the default from Spring Boot 3.4 on; before, set it',
    longHeaders: 'SERVER_MAXHTTPREQUESTHEADERSIZE=32KB',
    startUpSeconds: 18,
    measurements: [
      {
        version: '4.0.7',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: true,
        exitSeconds: 2.2,
        exit: 143,
        header10KB: 431,
      },
    ],
  },
];
