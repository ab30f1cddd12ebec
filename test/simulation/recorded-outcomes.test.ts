import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { forecast } from '../../src/simulation/forecast';
import { DRAWN_SCENARIOS } from './recorded/drawn-scenarios';
import { NAMED_SCENARIOS } from './recorded/named-scenarios';

// the digests change only with what AWS does, never with how fast it is computed: `vitest -u` records them anew.
test.each(Object.entries({ ...NAMED_SCENARIOS, ...DRAWN_SCENARIOS }))(
  '%s has the outcome that was recorded, to the last digit',
  (_, scenario) => {
    expect(
      createHash('sha256')
        .update(JSON.stringify(forecast(scenario)))
        .digest('hex'),
    ).toMatchSnapshot();
  },
);
