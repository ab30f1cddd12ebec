/** A source of metrics for Prometheus. */
export interface MetricSource {
  lines(): string[];
}

/** The media type of Prometheus' text format. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function renderMetrics(sources: readonly MetricSource[]): string {
  return `${sources.flatMap((source) => source.lines()).join('\n')}\n`;
}

/** A single number with its help and type. */
export function metric(name: string, type: 'gauge' | 'counter', help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`];
}
