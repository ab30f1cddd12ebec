import { expect, test } from 'vitest';
import { containerPortMistakes, portVariableMistakes } from '../../src/plan/container-port';

test.each([1, 80, 65_535])('%d is a port', (port) => {
  expect(containerPortMistakes(port)).toEqual([]);
});

test.each([0, 65_536, 80.5, Number.NaN])('%d is none', (port) => {
  expect(containerPortMistakes(port)).toEqual([`containerPort must be a whole number from 1 to 65535, got ${port}`]);
});

test.each<Record<string, string>>([{}, { PORT: '8080' }, { PORT: '127.0.0.1:8080' }])(
  '%j fits a container that listens on 8080',
  (environment) => {
    expect(portVariableMistakes(environment, 8080)).toEqual([]);
  },
);

test('a PORT that names another port is refused', () => {
  expect(portVariableMistakes({ PORT: '9' }, 8080)).toEqual(['environment.PORT must be the containerPort (8080) or be left out, got 9']);
});
