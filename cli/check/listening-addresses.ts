import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { resultOrUndefined } from '../../rehearsal/task-runtime/limits/proc-file';
import { idsOfGroup } from './server-evidence';

/** The state of a socket that listens, in `/proc/net/tcp`. */
const LISTENING = '0A';

/** An address on which a process listens. */
export interface ListeningAddress {
  /** Such as `0.0.0.0`, or `::` for IPv6. */
  readonly host: string;
  readonly port: number;
}

/** The addresses on which the processes of a process group listen; none if this machine does not show them. */
export function listeningAddresses(leaderId: number | undefined): ListeningAddress[] {
  const ids = leaderId === undefined ? [] : idsOfGroup(leaderId);
  const inodes = new Set(ids.flatMap(socketInodes));
  if (inodes.size === 0) return [];
  return ['tcp', 'tcp6'].flatMap((table) => readTable(`/proc/${ids[0]}/net/${table}`, inodes));
}

function socketInodes(id: string): string[] {
  const descriptors = resultOrUndefined(() => readdirSync(`/proc/${id}/fd`)) ?? [];
  return descriptors.flatMap((descriptor) => {
    const link = resultOrUndefined(() => readlinkSync(`/proc/${id}/fd/${descriptor}`)) ?? '';
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
    return inode === undefined ? [] : [inode];
  });
}

function readTable(file: string, inodes: ReadonlySet<string>): ListeningAddress[] {
  const lines = (resultOrUndefined(() => readFileSync(file, 'latin1')) ?? '').split('\n').slice(1);
  return lines.flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [, local = '', , state] = fields;
    if (state !== LISTENING || !inodes.has(fields[9]!)) return [];
    const [host, port] = local.split(':');
    return [{ host: hostOf(host!), port: Number.parseInt(port!, 16) }];
  });
}

/** Each group of 8 digits is a number in the byte order of the machine, which is little-endian wherever tasks run. */
function hostOf(digits: string): string {
  const bytes = [...digits.matchAll(/.{8}/g)].flatMap(([group]) => [...Buffer.from(group, 'hex')].reverse());
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => (256 * bytes[2 * index]! + bytes[2 * index + 1]!).toString(16));
  return groups.join(':').replace(/(?:^|:)0(?::0)+(?::|$)/, '::');
}

/** Such as `0.0.0.0:8080`, or `[::]:8080`. */
export function formatAddress({ host, port }: ListeningAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
