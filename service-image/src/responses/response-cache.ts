import { type MetricSource, metric } from '../observability/metrics.js';

/** The size and age limits of the cache. */
export interface CacheLimits {
  /** Of all queries and responses together; 0 disables the cache. */
  readonly bytes: number;
  readonly seconds: number;
}

interface Entry {
  readonly response: string;
  readonly createdAt: number;
}

/** The memory of an entry besides its query and its response. */
const OVERHEAD_BYTES = 300;

/**
 * Recent responses, by their query.
 *
 * Limited in size and age only: the catalogue never changes while a task runs. There are two generations: when the young one is
 * full it becomes the old one, and the old one is dropped. A hit in the old generation moves its entry to the young one, so that
 * popular entries stay.
 *
 * Responses have a character for each byte: they are not encoded again for every client.
 */
export class ResponseCache implements MetricSource {
  hits = 0;
  misses = 0;
  private young = new Map<string, Entry>();
  private old = new Map<string, Entry>();
  private youngSize = 0;

  constructor(
    private readonly limits: CacheLimits,
    private readonly now: () => number = Date.now,
  ) {}

  find(query: string): string | undefined {
    const response = this.hit(query);
    if (response === undefined) this.misses++;
    return response;
  }

  /** The same, without counting a miss. */
  hit(query: string): string | undefined {
    const entry = this.young.get(query) ?? this.revive(query);
    if (entry === undefined || this.now() - entry.createdAt >= this.limits.seconds * 1000) return undefined;
    this.hits++;
    return entry.response;
  }

  keep(query: string, response: string): void {
    this.forget(query);
    this.insert(query, { response, createdAt: this.now() });
  }

  /** How many responses are cached. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  lines(): string[] {
    return [
      ...metric('response_cache_hits_total', 'counter', 'Searches served from the cache.', this.hits),
      ...metric('response_cache_misses_total', 'counter', 'Searches that were not in the cache.', this.misses),
      ...metric('response_cache_entries', 'gauge', 'Responses in the cache.', this.size),
    ];
  }

  private revive(query: string): Entry | undefined {
    const entry = this.old.get(query);
    if (entry === undefined) return undefined;
    this.old.delete(query);
    this.insert(query, entry);
    return entry;
  }

  /** A new response replaces the one before, even if it is itself too large for the cache. */
  private forget(query: string): void {
    const entry = this.young.get(query);
    if (entry !== undefined) this.youngSize -= sizeOf(query, entry);
    this.young.delete(query);
    this.old.delete(query);
  }

  private insert(query: string, entry: Entry): void {
    const size = sizeOf(query, entry);
    const room = this.limits.bytes / 2;
    if (size > room) return;
    if (this.youngSize + size > room) this.startGeneration();
    this.young.set(query, entry);
    this.youngSize += size;
  }

  private startGeneration(): void {
    this.old = this.young;
    this.young = new Map();
    this.youngSize = 0;
  }
}

function sizeOf(query: string, entry: Entry): number {
  return query.length + entry.response.length + OVERHEAD_BYTES;
}
