import type { TemplateValue } from '../../plan/template/template-value';
import type { LintedResource } from '../template/linted-template';
import { TARGET_GROUP } from '../template/load-balancing';
import { numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

/** The defaults of Elastic Load Balancing; undefined for TCP, whose default fits each interval. */
function defaultsOf({ properties }: LintedResource): { readonly interval: number; readonly timeout: number | undefined } {
  if (textOf(properties['TargetType']) === 'lambda') return { interval: 35, timeout: 30 };
  const isHttp = ['HTTP', 'HTTPS'].includes(textOf(properties['Protocol']) ?? '');
  return { interval: 30, timeout: isHttp ? 5 : undefined };
}

/** The protocols of Network Load Balancers. */
const EQUAL_ALLOWED = ['TCP', 'TLS', 'UDP', 'TCP_UDP'];

/** A health check ends before the next one begins. */
export const healthCheckTimeout: Check = {
  id: 'health-check-timeout',
  severity: 'error',
  finds: 'a health check timeout at or above the interval; for TCP, TLS and UDP, above it',
  consequence: 'Elastic Load Balancing rejects the target group',
  find: (template) =>
    template.ofType(TARGET_GROUP).flatMap((group) => {
      const { HealthCheckIntervalSeconds: written, HealthCheckTimeoutSeconds: writtenTimeout } = group.properties;
      if (written === undefined && writtenTimeout === undefined) return [];
      const defaults = defaultsOf(group);
      const interval = written === undefined ? defaults.interval : numberOf(written);
      const timeout = writtenTimeout === undefined ? defaults.timeout : numberOf(writtenTimeout);
      const allowed = allowedTimeout(group, interval);
      if (interval === undefined || timeout === undefined || allowed.fits(timeout)) return [];
      const [timeoutText, intervalText] = [secondsText(timeout, writtenTimeout), secondsText(interval, written)];
      const reason = `the timeout is ${timeoutText}, the interval ${intervalText}`;
      return [problem(group, 'HealthCheckTimeoutSeconds', reason, `write a timeout ${allowed.text} ${interval}, or a longer interval`)];
    }),
};

/** What a timeout must be for an interval. */
function allowedTimeout({ properties }: LintedResource, interval = 0): { readonly text: string; fits(timeout: number): boolean } {
  return EQUAL_ALLOWED.includes(textOf(properties['Protocol']) ?? '')
    ? { text: 'of at most', fits: (timeout) => timeout <= interval }
    : { text: 'below', fits: (timeout) => timeout < interval };
}

function secondsText(seconds: number, written: TemplateValue | undefined): string {
  return `${seconds} s${written === undefined ? ', the default' : ''}`;
}
