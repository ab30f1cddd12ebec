import { constants } from 'node:os';
import { InputError } from '../../src/parse/input-error';

/** A signal by its name, with or without `SIG`, or by its number; undefined if there is none such. */
export function parseSignal(text: string): NodeJS.Signals | undefined {
  const names = Object.keys(constants.signals) as NodeJS.Signals[];
  const name = text.toUpperCase();
  return names.find((signal) => signal === name || signal === `SIG${name}` || String(constants.signals[signal]) === text);
}

/** The `STOPSIGNAL` of the last build stage of a Dockerfile; undefined if it has none, and so is stopped with SIGTERM. */
export function stopSignalOf(dockerfile: string): NodeJS.Signals | undefined {
  const stage = dockerfile.split(/^FROM\s/im).at(-1)!;
  const text = [...stage.matchAll(/^STOPSIGNAL\s+["']?(\w+)/gim)].at(-1)?.[1];
  return text === undefined ? undefined : parseSignal(text);
}

/** Reads the option `--stop-signal`; undefined if it is not given. */
export function stopSignalOption(text: string | undefined): NodeJS.Signals | undefined {
  if (text === undefined) return undefined;
  const signal = parseSignal(text);
  if (signal === undefined) throw new InputError([`--stop-signal must be a signal such as SIGTERM or SIGQUIT, got '${text}'`]);
  return signal;
}
