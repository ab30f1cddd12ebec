import type { KnownServer } from './known-server';

/** Servers of Ruby, Perl and PHP, the specific ones first. */
export const RUBY_AND_PERL_SERVERS: readonly KnownServer[] = [
  {
    name: 'puma',
    language: 'Ruby',
    recognition: { command: /\bpuma\b/ },
    keepAlive: 'persistent_timeout 65 in config/puma.rb',
    keepAliveTriedSeconds: 65.2,
    keepAliveWords: /persistent_timeout/,
    measurements: [
      {
        version: '5.6.5',
        date: '2026-11-29',
        idleSeconds: 20,
        completesRequests: true,
        exitSeconds: 0.21,
        exit: 'SIGTERM',
        header10KB: 200,
        endsAsProcessOne: true,
      },
      {
        variant: '-w 2',
        version: '5.6.5',
        date: '2026-11-29',
        idleSeconds: 20,
        completesRequests: true,
        exitSeconds: 0.43,
        exit: 'SIGTERM',
        header10KB: 200,
      },
    ],
  },
  {
    name: 'unicorn',
    language: 'Ruby',
    recognition: { command: /\bunicorn\b/ },
    keepAlive: 'unicorn has no keep-alive, and needs a proxy such as nginx before it: use puma',
    stopSignal: 'SIGQUIT',
    completeRequests: 'STOPSIGNAL SIGQUIT in the Dockerfile: at SIGTERM unicorn drops what is under way',
    measurements: [
      { version: '6.0.0', date: '2026-11-29', idleSeconds: 'each', completesRequests: false, exitSeconds: 0.12, exit: 0, header10KB: 200 },
    ],
  },
  {
    name: 'WEBrick',
    language: 'Ruby',
    recognition: { serverHeader: /^WEBrick\/([\d.]+)/ },
    keepAlive: 'RequestTimeout: 65',
    keepAliveWords: /RequestTimeout/,
    measurements: [
      { version: '1.8', date: '2026-11-29', idleSeconds: 30, completesRequests: true, exitSeconds: 0.52, exit: 'SIGTERM', header10KB: 200 },
    ],
  },
  {
    name: 'Starman',
    language: 'Perl',
    recognition: { command: /\bstarman\b/ },
    keepAlive: 'starman --keepalive-timeout 65',
    keepAliveTriedSeconds: 65.1,
    stopSignal: 'SIGQUIT',
    completeRequests: 'STOPSIGNAL SIGQUIT in the Dockerfile: at SIGTERM starman drops what is under way',
    keepAliveWords: /keepalive-timeout/,
    measurements: [
      { version: '0.4016', date: '2026-11-29', idleSeconds: 1, completesRequests: false, exitSeconds: 0.02, exit: 0, header10KB: 200 },
    ],
  },
  {
    name: 'Twiggy',
    language: 'Perl',
    recognition: { command: /\btwiggy\b/ },
    keepAlive: 'twiggy has no keep-alive: starman --keepalive-timeout 65',
    measurements: [
      {
        version: '0.1026',
        date: '2026-11-29',
        idleSeconds: 'each',
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 200,
      },
    ],
  },
  {
    name: 'Feersum',
    language: 'Perl',
    recognition: { command: /\bfeersum\b/ },
    measurements: [
      { version: '1.410', date: '2026-11-29', idleSeconds: 'each', completesRequests: false, exitSeconds: 0.01, exit: 0, header10KB: 200 },
    ],
  },
  {
    name: 'hypnotoad',
    language: 'Perl',
    recognition: { command: /\bhypnotoad\b/ },
    keepAlive: 'hypnotoad: { keep_alive_timeout: 65 } in the configuration',
    stopSignal: 'SIGQUIT',
    completeRequests: 'STOPSIGNAL SIGQUIT in the Dockerfile: at SIGTERM hypnotoad drops what is under way',
    measurements: [
      { version: '9.31', date: '2026-11-29', idleSeconds: 5, completesRequests: false, exitSeconds: 0.02, exit: 0, header10KB: 200 },
    ],
  },
  {
    name: 'Mojolicious daemon',
    language: 'Perl',
    recognition: { serverHeader: /^Mojolicious/, command: /\bdaemon\b/ },
    keepAlive: 'daemon -k 65',
    keepAliveTriedSeconds: 65,
    keepAliveWords: / -k ?\d/,
    measurements: [
      { version: '9.31', date: '2026-11-29', idleSeconds: 5, completesRequests: false, exitSeconds: 0.06, exit: 0, header10KB: 200 },
    ],
  },
  {
    name: 'HTTP::Daemon',
    language: 'Perl',
    recognition: { serverHeader: /^libwww-perl-daemon\/([\d.]+)/ },
    measurements: [
      {
        version: '6.16',
        date: '2026-11-29',
        idleSeconds: 'over 80',
        completesRequests: true,
        exitSeconds: 0.01,
        exit: 'SIGTERM',
        header10KB: 200,
      },
    ],
  },
  {
    name: 'php -S',
    language: 'PHP',
    recognition: { command: /\bphp[\d.]* .*-S\b/ },
    keepAlive: 'php -S is for development: php-fpm with nginx, or Apache with mod_php',
    completeRequests: 'php -S is for development: php-fpm with nginx, or Apache with mod_php',
    measurements: [
      {
        version: '8.2.36',
        date: '2026-11-29',
        idleSeconds: 'each',
        completesRequests: false,
        exitSeconds: 0,
        exit: 'SIGTERM',
        header10KB: 200,
        endsAsProcessOne: false,
      },
    ],
  },
];
