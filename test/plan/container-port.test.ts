import { expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { containerPortErrors, portVariableErrors } from '../../src/plan/service-plan';

test.each([1, 80, 65_535])('%d is a port', (port) => {
  expect(containerPortErrors(port)).toEqual([]);
});

test.each([0, 65_536, 80.5, Number.NaN])('%d is none', (port) => {
  expect(containerPortErrors(port).map(formatError)).toEqual([`containerPort must be a whole number from 1 to 65535, got ${port}`]);
});

test.each<Record<string, string>>([{}, { PORT: '8080' }, { PORT: '127.0.0.1:8080' }])(
  '%j fits a container that listens on 8080',
  (environment) => {
    expect(portVariableErrors(environment, 8080)).toEqual([]);
  },
);

test('a PORT that names another port is refused', () => {
  expect(portVariableErrors({ PORT: '9' }, 8080).map(formatError)).toEqual([
    'environment.PORT must be the containerPort (8080) or be left out, got 9',
  ]);
});
