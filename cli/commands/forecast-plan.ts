import type { ParsedPlan } from '../../src/plan/service-plan';
import { isLive, readPlanSource, type TemplateChoice } from '../input/template-source';
import type { Console } from '../output/console';

/** Reads the plan of a forecast, and prints what takes a while: an app is synthesized, and a live service is read from AWS. */
export async function readForecastPlan(source: TemplateChoice, console: Console, interrupted: Promise<never>): Promise<ParsedPlan> {
  const line = lineOf(source);
  if (line !== undefined) console.print(`${line} …`);
  const { plan, ignored, dispose } = await console.withProgress(line?.toLowerCase() ?? 'reading', readPlanSource(source, interrupted));
  dispose();
  return { plan, ignored };
}

function lineOf(source: TemplateChoice): string | undefined {
  if (isLive(source)) return `Reading ${source.service}`;
  return source.template === undefined ? 'Synthesizing the app' : undefined;
}
