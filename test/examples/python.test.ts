import { App, Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { ScalableStatelessService, Traffic } from '../../src';
import { textIn } from './examples';

/** What the example in Python asks; `consumer:python` runs the example itself, which compares the same picture. */
test('the picture of the example in Python is that of the same service in TypeScript', async () => {
  const [, traffic] = /Traffic\.parse\("(.+?)"\)/.exec(textIn('python', 'test_app.py'))!;
  const [, title] = /to_svg\("(.+?)"\)/.exec(textIn('python', 'test_app.py'))!;
  const search = new ScalableStatelessService(new Stack(new App(), 'SearchService'), 'Search');
  const outcome = search.forecast({ traffic: Traffic.parse(traffic!), seeds: 20 });
  await expect(outcome.toSvg(title)).toMatchFileSnapshot('../../examples/python/forecast.svg');
});
