import { Token } from 'aws-cdk-lib';
import type { LoadTestProps } from './load-test-props';

const URL_PATTERN = /^(https?):\/\/[^/?#\s]+?(?::(\d{1,5}))?\/?$/;

const STANDARD_PORTS = { http: 80, https: 443 } as const;

/** The URL that the requests are sent to, without a slash at its end. */
export function targetUrlOf({ target, url }: LoadTestProps): string {
  return (url ?? target?.url ?? '').replace(/\/$/, '');
}

/** The ports of a URL: one, or both where only the deployment knows the protocol. */
export function portsOf(url: string): number[] {
  const match = URL_PATTERN.exec(url);
  if (match === null) return [80, 443];
  const [, protocol, port] = match;
  return [port === undefined ? STANDARD_PORTS[protocol as 'http' | 'https'] : Number(port)];
}

/** Whether a URL can be one that requests are sent to. What only the deployment knows can be any. */
export function isTargetUrl(url: string): boolean {
  return (Token.isUnresolved(url) && !/^[a-z]+:/.test(url)) || URL_PATTERN.test(url);
}
