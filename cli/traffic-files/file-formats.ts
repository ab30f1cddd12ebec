import type { Iteration, KnownIteration } from '../../src/traffic/iteration';
import { ITERATION_FIELDS, importTraffic, TRAFFIC_FORMATS } from '../../src/traffic/traffic-formats';
import type { Traffic } from '../../src/traffic/traffic-phases';
import { looksLikeAccessLog, readAccessLogs } from './access-logs';
import { looksLikeArtillery, readArtillery } from './artillery';
import { looksLikeGatling, readGatling } from './gatling';
import { looksLikeJMeter, readJMeter } from './jmeter';
import { looksLikeK6Script, readK6Script } from './k6-script';
import { looksLikeLocustConfiguration, readLocustConfiguration } from './locust-configuration';
import { looksLikeLocustfile, readLocustfile } from './locustfile';
import { looksLikeTaurus, readTaurus } from './taurus';
import { iterationFieldsOfCommands, looksLikeToolCommand, readToolCommands } from './tool-commands';
import type { TrafficFile } from './traffic-file';

/** A kind of file that traffic is read from. */
export interface FileFormat {
  /** For the help of `--traffic`, and for errors. */
  readonly name: string;
  readonly extensions: readonly string[];
  /** What a file of this kind cannot say, so that it must be given or is assumed. */
  readonly leavesOpen: string;
  /** The numbers of an iteration that can be given beside it. */
  readonly iterationFields: readonly (keyof Iteration)[];
  /** Those of a file, if they are not the same for every file. */
  readonly iterationFieldsOf?: (file: TrafficFile) => readonly (keyof Iteration)[];
  /** At most one format recognizes a file. */
  readonly looksLike: (file: TrafficFile) => boolean;
  /** @throws InputError if it cannot be read. */
  readonly parse: (file: TrafficFile, iteration: KnownIteration) => Traffic;
}

/** Every kind of file once, the more specific ones first. Help, errors and documentation read it from here. */
export const FILE_FORMATS: readonly FileFormat[] = [
  {
    name: 'a log of requests',
    extensions: ['.log', '.gz'],
    leavesOpen: 'how many users there were',
    iterationFields: [],
    looksLike: looksLikeAccessLog,
    parse: readAccessLogs,
  },
  {
    name: 'a k6 script',
    extensions: ['.js', '.ts', '.mjs', '.mts'],
    leavesOpen: 'sleeps that depend on responses; values of the environment',
    iterationFields: ITERATION_FIELDS,
    looksLike: looksLikeK6Script,
    parse: readK6Script,
  },
  {
    name: 'a locustfile',
    extensions: ['.py'],
    leavesOpen: 'users, spawn rate and run time, if they are given on the command line of Locust',
    iterationFields: ITERATION_FIELDS,
    looksLike: looksLikeLocustfile,
    parse: readLocustfile,
  },
  {
    name: 'a configuration of Locust',
    extensions: ['.conf', '.toml'],
    leavesOpen: 'how long its users wait, if the locustfile is not there',
    iterationFields: ITERATION_FIELDS,
    looksLike: looksLikeLocustConfiguration,
    parse: readLocustConfiguration,
  },
  {
    name: 'an artillery test',
    extensions: ['.yml', '.yaml'],
    leavesOpen: 'requests in loops that depend on responses',
    iterationFields: ['requestsPerIteration'],
    looksLike: looksLikeArtillery,
    parse: readArtillery,
  },
  {
    name: 'a Taurus configuration',
    extensions: ['.yml', '.yaml'],
    leavesOpen: 'the script of a scenario that is in a file of its own',
    iterationFields: ITERATION_FIELDS,
    looksLike: looksLikeTaurus,
    parse: readTaurus,
  },
  {
    name: 'a Gatling simulation',
    extensions: ['.scala', '.java', '.kt', '.js', '.ts'],
    leavesOpen: 'numbers that are computed',
    iterationFields: ITERATION_FIELDS,
    looksLike: looksLikeGatling,
    parse: readGatling,
  },
  {
    name: 'a JMeter test plan',
    extensions: ['.jmx'],
    leavesOpen: 'numbers of properties without a default',
    iterationFields: ITERATION_FIELDS,
    looksLike: looksLikeJMeter,
    parse: readJMeter,
  },
  {
    name: 'a command of k6, Locust, vegeta or hey',
    extensions: ['.sh'],
    leavesOpen: 'variables of the shell',
    iterationFields: ITERATION_FIELDS,
    iterationFieldsOf: iterationFieldsOfCommands,
    looksLike: looksLikeToolCommand,
    parse: readToolCommands,
  },
  ...TRAFFIC_FORMATS.map(({ name, extensions, leavesOpen, iterationFields, looksLike }) => ({
    name,
    extensions: extensions.map((extension) => `.${extension}`),
    leavesOpen,
    iterationFields,
    looksLike: (file: TrafficFile) =>
      looksLike(file.sizeBytes > file.head.length && !/^\s*[{[]/.test(file.head) ? file.head : file.recording),
    parse: (file: TrafficFile, iteration: KnownIteration) => importTraffic(file.recording, iteration),
  })),
];
