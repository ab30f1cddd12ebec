import { ASGI_SERVERS } from './asgi-servers';
import { C_SERVERS } from './c-servers';
import { GO_SERVERS } from './go-servers';
import { GUNICORN_SERVERS } from './gunicorn-servers';
import { JVM_SERVERS } from './jvm-servers';
import { type KnownServer, type Recognition, type ServerMeasurement, versionRange } from './known-server';
import { NODE_FRAMEWORKS } from './node-frameworks';
import { NODE_ROUTERS } from './node-routers';
import { NODE_SERVERS } from './node-servers';
import { OTHER_SERVERS } from './other-servers';
import { PYTHON_FRAMEWORKS } from './python-frameworks';
import { PYTHON_SERVERS } from './python-servers';
import { RUBY_AND_PERL_SERVERS } from './ruby-and-perl-servers';
import { RUST_SERVERS } from './rust-servers';
import { SPRING_BOOT_SERVERS } from './spring-boot-servers';
import { WEB_SERVERS } from './web-servers';

/** Every server that has been measured. Among those that match, the first one is meant: specific ones are before general ones. */
export const KNOWN_SERVERS: readonly KnownServer[] = [
  ...GUNICORN_SERVERS,
  ...ASGI_SERVERS,
  ...PYTHON_SERVERS,
  ...PYTHON_FRAMEWORKS,
  ...NODE_FRAMEWORKS,
  ...NODE_ROUTERS,
  ...SPRING_BOOT_SERVERS,
  ...JVM_SERVERS,
  ...GO_SERVERS,
  ...RUST_SERVERS,
  ...WEB_SERVERS,
  ...C_SERVERS,
  ...OTHER_SERVERS,
  ...RUBY_AND_PERL_SERVERS,
  ...NODE_SERVERS,
];

/** What is known of a task or an image, of which a server may be recognized. */
export interface ServerEvidence {
  readonly serverHeader?: string;
  readonly poweredBy?: string;
  /** One command line on each line. */
  readonly command?: string;
  readonly image?: string;
  /** The versions of the libraries of the program, by names as in `Recognition.library`. */
  readonly libraries?: ReadonlyMap<string, string>;
}

/** A server that was recognized. */
export interface RecognizedServer {
  readonly server: KnownServer;
  /** Undefined if neither a header nor a library shows it. */
  readonly version?: string;
  /** The measurement with the settings that the command line has, else that of the default settings. */
  readonly measurement?: ServerMeasurement;
}

/** The kinds of evidence, the most reliable first: a response is from the server itself, an image may have several. */
const KINDS: readonly ((recognition: Recognition, evidence: ServerEvidence) => boolean)[] = [
  // a server with workers of another one answers with the header of the other, and its command line has both.
  ({ command }, evidence) => command?.source.includes('.*') === true && matches(command, evidence.command),
  ({ serverHeader }, evidence) => matches(serverHeader, evidence.serverHeader),
  ({ poweredBy }, evidence) => matches(poweredBy, evidence.poweredBy),
  ({ library }, { libraries }) => library !== undefined && !library.startsWith('pypi:') && libraries?.has(library) === true,
  ({ command }, evidence) => matches(command, evidence.command),
  ({ image }, evidence) => matches(image, evidence.image),
];

/** Recognizes a server; undefined if it is not in the table. */
export function recognizeServer(evidence: ServerEvidence): RecognizedServer | undefined {
  for (const isMatch of KINDS) {
    const server = KNOWN_SERVERS.find(({ recognition }) => isMatch(recognition, evidence));
    if (server === undefined) continue;
    const version = versionOf(server, evidence);
    return { server, version, measurement: measurementOf(server, evidence.command ?? '', version) };
  }
  return undefined;
}

/** The server of a name in the table; undefined if there is none. */
export function knownServer(name: string): KnownServer | undefined {
  return KNOWN_SERVERS.find((server) => server.name.toLowerCase() === name.toLowerCase());
}

function versionOf({ recognition }: KnownServer, { serverHeader, libraries }: ServerEvidence): string | undefined {
  const inHeader = serverHeader === undefined ? undefined : recognition.serverHeader?.exec(serverHeader)?.[1];
  return inHeader ?? (recognition.library === undefined ? undefined : libraries?.get(recognition.library));
}

/** Of the same version range if that was measured, and with the settings of the command line if those were. */
function measurementOf({ measurements }: KnownServer, command: string, version: string | undefined): ServerMeasurement | undefined {
  const ofVersion = version === undefined ? [] : measurements.filter((row) => versionRange(row) === versionRange({ version }));
  return withSettingsOf(ofVersion, command) ?? withSettingsOf(measurements, command) ?? measurements[0];
}

function withSettingsOf(measurements: readonly ServerMeasurement[], command: string): ServerMeasurement | undefined {
  const withSettings = measurements.find(({ variant }) => variant?.startsWith('-') === true && hasWords(command, variant));
  return withSettings ?? measurements.find(({ variant }) => variant === undefined);
}

function hasWords(command: string, variant: string): boolean {
  return variant.split(' ').every((word) => command.includes(word));
}

function matches(pattern: RegExp | undefined, text: string | undefined): boolean {
  return pattern !== undefined && text !== undefined && pattern.test(text);
}
