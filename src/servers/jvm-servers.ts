import type { KnownServer } from './known-server';

/** Servers of the JVM, the specific ones first. */
export const JVM_SERVERS: readonly KnownServer[] = [
  {
    name: 'Micronaut on Netty',
    language: 'Java',
    recognition: { library: 'maven:micronaut-http-server-netty' },
    longHeaders: 'micronaut.server.netty.max-header-size: 32768',
    measurements: [
      {
        version: '4.10.8',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.06,
        exit: 143,
        header10KB: 413,
      },
    ],
  },
  {
    name: 'Quarkus',
    language: 'Java',
    recognition: { library: 'maven:quarkus-core' },
    completeRequests: 'quarkus.shutdown.timeout=30s',
    measurements: [
      {
        version: '3.34.1',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.09,
        exit: 143,
        header10KB: 200,
      },
    ],
  },
  {
    name: 'Dropwizard',
    language: 'Java',
    recognition: { library: 'maven:dropwizard-core' },
    keepAlive: 'idleTimeout: 65s of the connector',
    longHeaders: 'maxRequestHeaderSize: 32KiB of the connector',
    measurements: [
      { version: '5.0.1', date: '2026-11-29', idleSeconds: 30, completesRequests: true, exitSeconds: 2.09, exit: 143, header10KB: 431 },
    ],
  },
  {
    name: 'Javalin',
    language: 'Java',
    recognition: { library: 'maven:javalin' },
    keepAlive: 'a ServerConnector with setIdleTimeout(65_000)',
    completeRequests: 'Runtime.getRuntime().addShutdownHook(new Thread(app::stop))',
    longHeaders: 'HttpConfiguration.setRequestHeaderSize(32768)',
    measurements: [
      { version: '7.2.3', date: '2026-11-29', idleSeconds: 30, completesRequests: false, exitSeconds: 0.33, exit: 143, header10KB: 431 },
    ],
  },
  {
    name: 'Spark Java',
    language: 'Java',
    recognition: { library: 'maven:spark-core' },
    measurements: [
      {
        version: '2.9.4',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.32,
        exit: 143,
        header10KB: 431,
      },
    ],
  },
  {
    name: 'Armeria',
    language: 'Java',
    recognition: { library: 'maven:armeria' },
    keepAlive: 'Server.builder().idleTimeoutMillis(65_000)',
    completeRequests: 'server.closeOnJvmShutdown() with gracefulShutdownTimeoutMillis',
    longHeaders: 'http1MaxHeaderSize(32768)',
    measurements: [
      { version: '1.40.0', date: '2026-11-29', idleSeconds: 15, completesRequests: false, exitSeconds: 2.42, exit: 143, header10KB: 431 },
    ],
  },
  {
    name: 'Ratpack',
    language: 'Java',
    recognition: { library: 'maven:ratpack-core' },
    measurements: [
      {
        version: '1.9.0',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.04,
        exit: 143,
        header10KB: 400,
      },
    ],
  },
  {
    name: 'Pekko HTTP',
    language: 'Java',
    recognition: { library: 'maven:pekko-http-core_2.13' },
    keepAlive: 'pekko.http.server.idle-timeout = 65 s',
    completeRequests: 'binding.addToCoordinatedShutdown(30.seconds)',
    longHeaders: 'pekko.http.server.parsing.max-header-value-length = 16k',
    measurements: [
      { version: '1.3.0', date: '2026-11-29', idleSeconds: 61, completesRequests: false, exitSeconds: 0.08, exit: 143, header10KB: 431 },
    ],
  },
  {
    name: 'Vert.x',
    language: 'Java',
    recognition: { library: 'maven:vertx-core' },
    longHeaders: 'new HttpServerOptions().setMaxHeaderSize(32768)',
    measurements: [
      {
        version: '5.0.7',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.34,
        exit: 143,
        header10KB: 431,
      },
    ],
  },
  {
    name: 'reactor-netty',
    language: 'Java',
    recognition: { library: 'maven:reactor-netty-http' },
    longHeaders: 'HttpServer.httpRequestDecoder(spec -> spec.maxHeaderSize(32768))',
    measurements: [
      {
        version: '1.3.7',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: false,
        exitSeconds: 0.32,
        exit: 143,
        header10KB: 431,
      },
    ],
  },
  {
    name: 'Grizzly',
    language: 'Java',
    recognition: { library: 'maven:grizzly-http-server' },
    keepAlive: 'listener.getKeepAlive().setIdleTimeoutInSeconds(65)',
    measurements: [
      { version: '4.1.0', date: '2026-11-29', idleSeconds: 31, completesRequests: false, exitSeconds: 0.33, exit: 143, header10KB: 400 },
    ],
  },
  {
    name: 'Undertow',
    language: 'Java',
    recognition: { library: 'maven:undertow-core' },
    keepAlive: 'setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 65_000)',
    completeRequests: 'a GracefulShutdownHandler, called in a shutdown hook',
    measurements: [
      { version: '2.4.4', date: '2026-11-29', idleSeconds: 60, completesRequests: false, exitSeconds: 0.36, exit: 143, header10KB: 200 },
    ],
  },
  {
    name: 'Jetty',
    language: 'Java',
    recognition: { serverHeader: /^Jetty\(([\d.]+)/, library: 'maven:jetty-server' },
    keepAlive: 'connector.setIdleTimeout(65_000)',
    completeRequests: 'a GracefulHandler with server.setStopAtShutdown(true)',
    longHeaders: 'httpConfiguration.setRequestHeaderSize(32768)',
    measurements: [
      { version: '12.1.14', date: '2026-11-29', idleSeconds: 30, completesRequests: false, exitSeconds: 0.33, exit: 143, header10KB: 431 },
    ],
  },
  {
    name: 'Tomcat',
    language: 'Java',
    recognition: { command: /org\.apache\.catalina\.startup/, image: /(?:^|\/)tomcat[:@]/, library: 'maven:tomcat-embed-core' },
    keepAlive: 'keepAliveTimeout="65000" of the Connector in server.xml',
    longHeaders: 'maxHttpRequestHeaderSize="32768" of the Connector',
    measurements: [],
  },
  {
    name: 'jdk.httpserver',
    language: 'Java',
    recognition: { command: /jdk\.httpserver/ },
    keepAlive: 'java -Dsun.net.httpserver.idleInterval=65',
    completeRequests: 'server.stop(30) in a shutdown hook',
    measurements: [
      {
        version: '25.0.3',
        date: '2026-11-29',
        idleSeconds: 40,
        completesRequests: false,
        exitSeconds: 0.09,
        exit: 143,
        header10KB: 200,
        endsAsProcessOne: true,
      },
    ],
  },
  {
    name: 'Kestrel',
    language: 'C#',
    recognition: { serverHeader: /^Kestrel/, command: /\bdotnet\b/ },
    note: 'measured in a program that stops by an error of its own: that it completes requests at SIGTERM, for up to 30 s, is from the documentation',
    completeRequests:
      'HostOptions.ShutdownTimeout, 30 s by default; a task that ignores the cancellation token of a request is given no longer',
    longHeaders: 'options.Limits.MaxRequestHeadersTotalSize, 32 KB by default for all headers',
    measurements: [
      {
        variant: 'ASP.NET Core 10.0.9, in Azure MCP Server 2.0.5',
        version: '10.0.9',
        date: '2026-11-30',
        idleSeconds: 131.8,
        exitSeconds: 2.45,
        exit: 1,
        header10KB: 200,
        endsAsProcessOne: true,
      },
    ],
  },
];
