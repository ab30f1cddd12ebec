import { expect, test } from 'vitest';
import type { AwsObject } from '../../../emulation/front/aws-call';
import { readListenerRules } from '../../../emulation/live/evaluated-rules';
import type { RequestHead } from '../../../rehearsal/http/message-head';

const head = (url: string, { method = 'GET', host = 'shop.example', headers = [] as string[] } = {}): RequestHead =>
  ({ method, url, rawHeaders: ['Host', host, ...headers], minorVersion: 1, shouldKeepAlive: true }) as unknown as RequestHead;

const forward = (arn: string) => [{ Type: 'forward', TargetGroupArn: arn }];
const DEFAULT_RULE = { IsDefault: 'true', Priority: 'default', Actions: forward('default') };

const conditions: readonly (readonly [string, AwsObject, RequestHead, RequestHead])[] = [
  ['a path', { Field: 'path-pattern', PathPatternConfig: { Values: ['/cart/*'] } }, head('/cart/1?x=1'), head('/carts')],
  ['a path of an older client', { Field: 'path-pattern', Values: ['/a?c'] }, head('/abc'), head('/abbc')],
  ['a path with a dot', { Field: 'path-pattern', PathPatternConfig: { Values: ['*.png'] } }, head('/a.png'), head('/apng')],
  [
    'a host',
    { Field: 'host-header', HostHeaderConfig: { Values: ['*.Example'] } },
    head('/', { host: 'a.example:80' }),
    head('/', { host: 'a.test' }),
  ],
  ['a method', { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['POST'] } }, head('/', { method: 'POST' }), head('/')],
  [
    'a header',
    { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Beta', Values: ['y*'] } },
    head('/', { headers: ['x-beta', 'yes'] }),
    head('/'),
  ],
  ['a query', { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'v', Value: '2' }] } }, head('/?v=2'), head('/?v=3')],
];

test.each(conditions)('a rule with %s matches the requests that it describes', (_, condition, matching, other) => {
  const rules = readListenerRules([DEFAULT_RULE, { Priority: '5', Conditions: [condition], Actions: forward('special') }], 80);
  const groupOf = (request: RequestHead) => rules.find((rule) => rule.matches(request))!.action;
  expect(groupOf(matching)).toMatchObject({ targetGroups: [{ arn: 'special' }] });
  expect(groupOf(other)).toMatchObject({ targetGroups: [{ arn: 'default' }] });
});

test('rules are evaluated by their priority, the default one last', () => {
  const rules = readListenerRules([{ Priority: '20', Actions: forward('b') }, DEFAULT_RULE, { Priority: '3', Actions: forward('a') }], 80);
  expect(rules.map(({ action }) => (action.kind === 'forward' ? action.targetGroups[0]!.arn : ''))).toEqual(['a', 'b', 'default']);
});

test('a redirect fills in the parts of the request', () => {
  const redirect = { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } };
  const [{ action } = { action: undefined }] = readListenerRules([{ ...DEFAULT_RULE, Actions: [redirect] }], 80);
  expect(action?.kind === 'redirect' && [action.statusCode, action.url(head('/cart?id=1', { host: 'shop.example:80' }))]).toEqual([
    301,
    'https://shop.example:443/cart?id=1',
  ]);
});
