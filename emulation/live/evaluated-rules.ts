import { headerValue, type RequestHead } from '../../rehearsal/http/message-head';
import { type AwsObject, number, strings, structure, structures, text } from '../front/aws-call';
import type { WeightedTargetGroup } from './live-traffic';

/** What a listener does with a request. */
export type ListenerAction =
  | { readonly kind: 'forward'; readonly targetGroups: readonly WeightedTargetGroup[] }
  | { readonly kind: 'fixed-response'; readonly statusCode: number; readonly contentType: string; readonly body: string }
  | { readonly kind: 'redirect'; readonly statusCode: number; readonly url: (head: RequestHead) => string }
  | { readonly kind: 'unsupported' };

/** A rule of a listener. The default rule matches every request. */
export interface ListenerRule {
  /** Undefined for the default rule of a listener that is described without it. */
  readonly arn?: string;
  readonly action: ListenerAction;
  matches(head: RequestHead): boolean;
}

/** Reads the rules of a listener as `DescribeRules` returns them, in the order in which they are evaluated. */
export function readListenerRules(rules: readonly AwsObject[], listenerPort: number): readonly ListenerRule[] {
  const priorityOf = ({ Priority }: AwsObject): number => number(Priority) ?? Number.POSITIVE_INFINITY;
  return [...rules]
    .sort((one, other) => priorityOf(one) - priorityOf(other))
    .map((rule) => {
      const conditions = text(rule.IsDefault) === 'true' ? [] : structures(rule.Conditions).map(readCondition);
      return {
        arn: text(rule.RuleArn),
        action: readAction(rule, listenerPort),
        matches: (head) => conditions.every((isMet) => isMet(head)),
      };
    });
}

/** Authentication comes before the action that is read here, and is left out. */
function readAction({ Actions }: AwsObject, listenerPort: number): ListenerAction {
  const action = structures(Actions).at(-1) ?? {};
  const response = structure(action.FixedResponseConfig);
  const redirect = structure(action.RedirectConfig);
  switch (action.Type) {
    case 'forward':
      return { kind: 'forward', targetGroups: forwardedGroups(action) };
    case 'fixed-response':
      return {
        kind: 'fixed-response',
        statusCode: number(response.StatusCode) ?? 503,
        contentType: text(response.ContentType) ?? 'text/plain',
        body: text(response.MessageBody) ?? '',
      };
    case 'redirect':
      return {
        kind: 'redirect',
        statusCode: text(redirect.StatusCode) === 'HTTP_301' ? 301 : 302,
        url: redirectUrl(redirect, listenerPort),
      };
    default:
      return { kind: 'unsupported' };
  }
}

/** Weights that are all 0 are no weights. */
function forwardedGroups({ TargetGroupArn, ForwardConfig }: AwsObject): readonly WeightedTargetGroup[] {
  const groups = structures(structure(ForwardConfig).TargetGroups).map((group) => ({
    arn: String(group.TargetGroupArn),
    weight: number(group.Weight) ?? 1,
  }));
  return groups.length > 0 ? groups : [{ arn: String(TargetGroupArn), weight: 1 }];
}

function redirectUrl(redirect: AwsObject, listenerPort: number): (head: RequestHead) => string {
  return ({ url, rawHeaders }) => {
    const [path = '/', query = ''] = url.split('?');
    const host = (headerValue(rawHeaders, 'host') ?? '').replace(/:\d+$/, '');
    const parts: Readonly<Record<string, string>> = { protocol: 'http', host, port: String(listenerPort), path: path.slice(1), query };
    const filled = (template: string): string => template.replace(/#\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');
    const protocol = filled(text(redirect.Protocol) ?? '#{protocol}').toLowerCase();
    const port = filled(text(redirect.Port) ?? '#{port}');
    const target = `${protocol}://${filled(text(redirect.Host) ?? '#{host}')}:${port}${filled(text(redirect.Path) ?? '/#{path}')}`;
    const filledQuery = filled(text(redirect.Query) ?? '#{query}');
    return filledQuery === '' ? target : `${target}?${filledQuery}`;
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
function readCondition(condition: AwsObject): (head: RequestHead) => boolean {
  const valuesOf = (config: string): readonly string[] => {
    const values = strings(structure(condition[config]).Values);
    return values.length > 0 ? values : strings(condition.Values);
  };
  switch (condition.Field) {
    case 'path-pattern': {
      const patterns = valuesOf('PathPatternConfig').map((value) => wildcards(value, ''));
      return ({ url }) => patterns.some((pattern) => pattern.test(url.split('?')[0]!));
    }
    case 'host-header': {
      const patterns = valuesOf('HostHeaderConfig').map((value) => wildcards(value, 'i'));
      return ({ rawHeaders }) => patterns.some((pattern) => pattern.test((headerValue(rawHeaders, 'host') ?? '').replace(/:\d+$/, '')));
    }
    case 'http-header': {
      const patterns = valuesOf('HttpHeaderConfig').map((value) => wildcards(value, 'i'));
      const name = String(structure(condition.HttpHeaderConfig).HttpHeaderName).toLowerCase();
      return ({ rawHeaders }) => patterns.some((pattern) => pattern.test(headerValue(rawHeaders, name) ?? ''));
    }
    case 'http-request-method': {
      const methods = valuesOf('HttpRequestMethodConfig');
      return ({ method }) => methods.includes(method);
    }
    case 'query-string':
      return readQueryCondition(structures(structure(condition.QueryStringConfig).Values));
    default:
      // every client is on this machine: a rule about its address has no meaning here.
      return () => condition.Field === 'source-ip';
  }
}

function readQueryCondition(values: readonly AwsObject[]): (head: RequestHead) => boolean {
  const patterns = values.map(({ Key, Value }) => ({
    key: text(Key) === undefined ? undefined : wildcards(String(Key), 'i'),
    value: wildcards(String(Value), 'i'),
  }));
  return ({ url }) => {
    const parameters = [...new URLSearchParams(url.split('?')[1] ?? '')];
    return patterns.some(({ key, value }) => parameters.some(([name, given]) => (key?.test(name) ?? true) && value.test(given)));
  };
}

/** A pattern in which `*` is any text, and `?` any character. */
function wildcards(pattern: string, flags: 'i' | ''): RegExp {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, flags);
}
