import { refuse } from '../plan/invalid-input';
import { addedUp, type Strand } from './added-up';
import { type Iteration, iterationMistakes } from './iteration';
import { EXECUTORS, strandOf } from './k6-scenario';
import { jsonObject, type Reader, readerOf } from './read-json';
import type { Traffic } from './traffic';
import { trafficMistakes } from './traffic-mistakes';

/**
 * Reads the options of a k6 script, as JSON: `stages`, `vus` with `duration`, or `scenarios` with the executors that say what
 * arrives when. Several scenarios are added up.
 *
 * The work of a virtual user is in its script: its sleep and its number of requests must be said beside the options.
 *
 * @throws InvalidInput with one sentence for each part that cannot be read or has no meaning as traffic.
 */
export function parseK6(text: string, iteration: Iteration): Traffic {
  const mistakes = iterationMistakes(iteration);
  const options = jsonObject(text, 'the k6 options', '{"stages": [{"duration": "1m", "target": 100}]}');
  const strands = strandsOf(readerOf(options, 'k6 options', mistakes), iteration);
  const phases = mistakes.length === 0 ? addedUp(strands, mistakes) : [];
  refuse(mistakes);
  refuse(trafficMistakes({ phases }));
  return { phases };
}

function strandsOf(options: Reader, iteration: Iteration): Strand[] {
  if (options.has('scenarios')) {
    return options.objects('scenarios').map(({ name, reader }) => strandOf(`k6 scenario '${name}'`, reader, iteration));
  }
  if (options.has('stages'))
    return [strandOf('k6 options', options.with({ executor: 'ramping-vus', startVUs: options.raw('vus') }), iteration)];
  if (options.has('duration')) return [strandOf('k6 options', options.with({ executor: 'constant-vus' }), iteration)];
  options.refuse(`k6 options must hold scenarios with the executors ${EXECUTORS.join(', ')}, or stages, or vus and duration`);
  return [];
}
