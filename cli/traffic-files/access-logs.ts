import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Gunzip } from 'fflate';
import { InputError } from '../../src/parse/input-error';
import type { KnownIteration } from '../../src/traffic/iteration';
import { trafficOfCounts } from '../../src/traffic/recorded/row-tables';
import type { Traffic } from '../../src/traffic/traffic-phases';
import { RequestCounter } from './request-counter';
import type { TrafficFile } from './traffic-file';

/** The start of a line of a log of an Application Load Balancer: its type, and its time. */
const LOAD_BALANCER_LINE = /^(https?|h2|grpcs|wss?) \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z \S+ /;

/** A line of a log of Apache, nginx and others: the time is in brackets. */
const COMMON_LOG_LINE = /^\S+ \S+ .{0,100}\[\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "/;

const LOG_NAME = /(\.log|\.log\.gz|\.gz|\.txt)$/i;
const CHUNK_BYTES = 2 ** 15;

/** Whether a file is an access log, or compressed, or a folder of logs. */
export function looksLikeAccessLog({ isFolder, isGzip, head }: TrafficFile): boolean {
  const firstLine = /^[^\n]*/.exec(head)![0];
  return isFolder || isGzip || LOAD_BALANCER_LINE.test(firstLine) || COMMON_LOG_LINE.test(firstLine);
}

/** Counts the requests of access logs in each second. They are read as a stream: memory does not grow with them. */
export function readAccessLogs(file: TrafficFile, _: KnownIteration): Traffic {
  const paths = file.isFolder ? logsBelow(file.path) : [file.path];
  if (paths.length === 0) throw new InputError(['the folder must have access logs, files that end with .log or .gz, got none']);
  const counter = new RequestCounter();
  for (const path of paths) {
    readChunks(path, (chunk) => counter.read(chunk));
    counter.endFile();
  }
  counter.assertIsLog();
  const { remarks = [], ...traffic } = trafficOfCounts(counter.counts, 1, 'the access logs must have a request, got none');
  const unread = counter.otherLines === 0 ? [] : [`${counter.otherLines} lines of the access logs have no time and are not counted`];
  const all = [...remarks, ...unread];
  return all.length === 0 ? traffic : { ...traffic, remarks: all };
}

function logsBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return logsBelow(path);
    return entry.isFile() && LOG_NAME.test(entry.name) ? [path] : [];
  });
}

/** Reads a file piece by piece; one that is compressed is decompressed. */
function readChunks(path: string, onChunk: (chunk: Uint8Array) => void): void {
  const descriptor = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    let length = readSync(descriptor, buffer);
    const gunzip = buffer[0] === 0x1f && buffer[1] === 0x8b && length > 1 ? new Gunzip((chunk) => onChunk(chunk)) : undefined;
    for (; length > 0; length = readSync(descriptor, buffer)) {
      if (gunzip === undefined) onChunk(buffer.subarray(0, length));
      else gunzip.push(Uint8Array.prototype.slice.call(buffer, 0, length));
    }
    gunzip?.push(new Uint8Array(0), true);
  } catch (error) {
    if (
      error instanceof InputError ||
      ((error as NodeJS.ErrnoException).code !== undefined && typeof (error as NodeJS.ErrnoException).code === 'string')
    )
      throw error;
    throw new InputError(['the compressed file is damaged or not complete']);
  } finally {
    closeSync(descriptor);
  }
}
