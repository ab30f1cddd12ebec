import { type MetricSource, metric } from '../observability/metrics.js';

/** How much is kept, and for how long. */
export interface CacheLimits {
  /** Of all queries and answers together; 0 keeps nothing. */
  readonly bytes: number;
  readonly seconds: number;
}

interface Entry {
  readonly answer: Buffer;
  readonly madeAt: number;
}

/** What an entry costs beside its query and its answer. */
const OVERHEAD_BYTES = 300;

/**
 * Answers that were given lately, by the query they answer.
 *
 * Bounded in size whatever is asked, and dropped by nothing but time, for the catalogue never changes while a task lives.
 * There are two generations: when the young one is full it becomes the old one, which is forgotten then. Whatever is asked
 * again in the meantime moves back, so that what is popular stays, and a hit moves nothing at all.
 *
 * Answers are kept as bytes: a text would be encoded anew for every client.
 */
export class AnswerCache implements MetricSource {
  hits = 0;
  misses = 0;
  private young = new Map<string, Entry>();
  private old = new Map<string, Entry>();
  private youngSize = 0;

  constructor(
    private readonly limits: CacheLimits,
    private readonly now: () => number = Date.now,
  ) {}

  find(query: string): Buffer | undefined {
    const entry = this.young.get(query) ?? this.revive(query);
    if (entry === undefined || this.now() - entry.madeAt >= this.limits.seconds * 1000) {
      this.misses++;
      return undefined;
    }
    this.hits++;
    return entry.answer;
  }

  keep(query: string, answer: Buffer): void {
    this.forget(query);
    this.insert(query, { answer, madeAt: this.now() });
  }

  /** How many answers are kept. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  lines(): string[] {
    return [
      ...metric('answer_cache_hits_total', 'counter', 'Searches answered from the cache.', this.hits),
      ...metric('answer_cache_misses_total', 'counter', 'Searches that were not in the cache.', this.misses),
      ...metric('answer_cache_answers', 'gauge', 'Answers in the cache.', this.size),
    ];
  }

  private revive(query: string): Entry | undefined {
    const entry = this.old.get(query);
    if (entry === undefined) return undefined;
    this.old.delete(query);
    this.insert(query, entry);
    return entry;
  }

  /** A new answer takes the place of the one before, also where it is too large to be kept itself. */
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
  return query.length + entry.answer.length + OVERHEAD_BYTES;
}
