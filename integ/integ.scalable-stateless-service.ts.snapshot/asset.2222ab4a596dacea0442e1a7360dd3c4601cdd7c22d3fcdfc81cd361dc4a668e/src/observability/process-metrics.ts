import { type MetricSource, metric } from './metrics.js';

/** What the process itself uses. */
export class ProcessMetrics implements MetricSource {
  lines(): string[] {
    const { heapUsed, rss } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return [
      ...metric('nodejs_heap_used_bytes', 'gauge', 'Memory that objects take.', heapUsed),
      ...metric('process_resident_memory_bytes', 'gauge', 'Memory that the process takes.', rss),
      ...metric('process_cpu_seconds_total', 'counter', 'CPU time used so far.', (user + system) / 1e6),
      ...metric('process_uptime_seconds', 'gauge', 'Time since the start.', process.uptime()),
    ];
  }
}
