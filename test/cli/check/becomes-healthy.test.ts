import { expect, test } from 'vitest';
import { redirectFix } from '../../../cli/check/becomes-healthy';

const REQUESTED = new URL('http://127.0.0.1:8080/shop/health');

test.each<[location: string | undefined, fix: RegExp]>([
  ['/login', /--set healthCheck\.path=\/login$/],
  ['login/', /--set healthCheck\.path=\/shop\/login\/$/],
  ['../ready', /--set healthCheck\.path=\/ready$/],
  ['?ready', /--set 'healthCheck\.path=\/shop\/health\?ready'$/],
  ['/login?next=%2Fhealth&plain=1', /--set 'healthCheck\.path=\/login\?next=%2Fhealth&plain=1'$/],
  ['http://127.0.0.1:8080/login', /--set healthCheck\.path=\/login$/],
  ['http://127.0.0.1:8080', /--set healthCheck\.path=\/$/],
  [
    'http://other',
    /^a health check follows no redirect, here to another host, http:\/\/other: exempt GET \/shop\/health from it, or set a path$/,
  ],
  ['//cdn.example/x', /here to another host, \/\/cdn\.example\/x: exempt/],
  ['https://shop.example/health', /is plain HTTP and follows no redirect, here to https:/],
  ['http://', /^a health check follows no redirect: set a path$/],
  [undefined, /^a health check follows no redirect: set a path$/],
])('a health check that is redirected to %s is told what to do', (location, fix) => {
  expect(redirectFix(REQUESTED, location, 'set a path')).toMatch(fix);
});
