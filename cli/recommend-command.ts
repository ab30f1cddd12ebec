import { recommend } from '../src/forecast/recommend/recommend';
import { recommendationLines } from '../src/report/text/recommendation';
import { durationInWords } from '../src/scenario/duration';
import { trafficSeconds } from '../src/scenario/traffic';
import { Console } from './console';
import { scenarioOf } from './question';
import type { RecommendArguments } from './recommend-arguments';
import { readPlanSource } from './template-source';

/** Looks for a policy, prints it, and returns a sentence where none meets the objective. */
export async function recommendCommand(args: RecommendArguments, interrupted: Promise<never>): Promise<string[]> {
  const console = new Console(args.json);
  const { plan, ignored, remove } = await console.during('synthesizing', readPlanSource(args.source, interrupted));
  remove();
  const scenario = scenarioOf(plan, args.question);
  console.say(`Looking for the cheapest policy over ${durationInWords(trafficSeconds(scenario.traffic))} …`);
  const recommendation = recommend(scenario, args.objective, { cpus: args.cpus, onForecast: console.counter('looking: forecasts') });
  const { isMet, sentence, props, frontier, effort } = recommendation;
  console.prose('Recommendation', [sentence]);
  if (props !== '') console.section('Props of the construct', props.split('\n'));
  if (frontier.length > 0) console.section('Less money or less risk', recommendationLines(frontier));
  console.say(`\n${effort.candidates} policies looked at with ${effort.forecasts} forecasts`);
  if (ignored.length > 0) console.prose('Ignored', ignored);
  console.result({ ...recommendation, ignored });
  return isMet ? [] : [sentence];
}
