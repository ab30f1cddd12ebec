import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addCheck } from '../../../cli/commands/check-command';
import { parseSignal, stopSignalOf, stopSignalOption } from '../../../cli/input/stop-signal';

test.each([
  ['SIGQUIT', 'SIGQUIT'],
  ['quit', 'SIGQUIT'],
  ['15', 'SIGTERM'],
  ['nonsense', undefined],
])('%s is the signal %s', (text, signal) => {
  expect(parseSignal(text)).toBe(signal);
});

test('the stop signal of a Dockerfile is the last one of its last stage', () => {
  expect(stopSignalOf('FROM a AS build\nSTOPSIGNAL SIGINT\nFROM b\nSTOPSIGNAL SIGTERM\nSTOPSIGNAL SIGQUIT\n')).toBe('SIGQUIT');
  expect(stopSignalOf('FROM a AS build\nSTOPSIGNAL SIGINT\nFROM b\n')).toBeUndefined();
});

test('an option that is no signal is an error that says what is', () => {
  expect(stopSignalOption(undefined)).toBeUndefined();
  expect(() => stopSignalOption('SIGNOTHING')).toThrow("--stop-signal must be a signal such as SIGTERM or SIGQUIT, got 'SIGNOTHING'");
});

test('is refused for a container, which is stopped by the signal of its image', () => {
  const program = new Command();
  addCheck(program, () => {});
  const parse = () => program.parse(['check', '--runtime', 'docker', '--image', 'nginx', '--stop-signal', 'SIGQUIT'], { from: 'user' });
  expect(parse).toThrow(/^--stop-signal must go with --runtime process, got 'SIGQUIT' with docker: .* STOPSIGNAL of its image$/);
});
