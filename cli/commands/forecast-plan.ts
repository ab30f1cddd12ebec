import { constructProps } from '../../src/plan/construct-props';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { isManifest } from '../../src/plan/template/template';
import { isLive, readPlanSource, type TemplateChoice } from '../input/template-source';
import type { Console } from '../output/console';

/** A plan to forecast. */
export interface ForecastPlan extends ParsedPlan {
  /** The props of the construct with these numbers, of a manifest of another tool. */
  readonly props?: string;
}

/** Reads the plan of a forecast, and prints what takes a while: an app is synthesized, and a live service is read from AWS. */
export async function readForecastPlan(source: TemplateChoice, console: Console, interrupted: Promise<never>): Promise<ForecastPlan> {
  const line = lineOf(source);
  if (line !== undefined) console.print(`${line} …`);
  const { plan, ignored, document, dispose } = await console.withProgress(
    line === undefined ? 'reading' : line.charAt(0).toLowerCase() + line.slice(1),
    readPlanSource(source, interrupted),
  );
  dispose();
  return { plan, ignored, ...(isManifest(document) && { props: constructProps(plan) }) };
}

function lineOf(source: TemplateChoice): string | undefined {
  if (isLive(source)) return `Reading ${source.service}`;
  return source.template === undefined ? 'Synthesizing the app' : undefined;
}
