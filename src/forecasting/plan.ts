import type { Stack } from 'aws-cdk-lib';
import { refuse } from '../plan/invalid-input';
import type { ReadPlan } from '../plan/plan';
import { changedPlan, resizeMistakes } from '../plan/plan-changes';
import { readPlan } from '../plan/read-plan';
import { Template } from '../plan/template';
import { changesOf } from './changes-of-options';
import type { CompareOptions } from './compare-options';
import type { ForecastOptions } from './forecast-options';
import type { ForecastOutcome } from './forecast-outcome';
import type { PlanChanges } from './plan-changes';
import type { PlanComparison } from './plan-comparison';
import type { RecommendOptions } from './recommend-options';
import type { Recommendation } from './recommendation';
import { runComparison, runRecommendation } from './run-comparison';
import { runForecast } from './run-forecast';
import { templateTextOf } from './template-of-stack';

/**
 * Everything that the scaling of a service depends on, as CloudFormation is told it: policies, task size, health check, draining.
 *
 * A plan can be had of any ECS service behind a target group, whoever made it.
 *
 * @example
 *
 * declare const stack: Stack;
 *
 * const outcome = Plan.ofStack(stack).forecast({
 *   traffic: Traffic.requestsPerSecond(200, Duration.minutes(30)),
 * });
 */
export class Plan {
  /**
   * The plan of a service in a template.
   *
   * @param template a CloudFormation template, as `Template.fromStack(stack).toJSON()` and `JSON.parse` return it.
   * @param service logical id of the service; may be left out where the template has one.
   */
  public static ofTemplate(template: { [key: string]: unknown }, service?: string): Plan {
    return Plan.read(JSON.stringify(template), service);
  }

  /**
   * The plan of a service in a stack, as the stack stands now: with every override, and with every rule that was added to it.
   *
   * Nothing is synthesized, so the app can still be changed afterwards. Aspects run when an app is synthesized: where one changes the
   * service, take `Plan.ofTemplate(Template.fromStack(stack).toJSON())`.
   *
   * @param stack the stack that holds the service, its target group and its scaling.
   * @param service logical id of the service; may be left out where the stack has one.
   */
  public static ofStack(stack: Stack, service?: string): Plan {
    return Plan.read(templateTextOf(stack), service);
  }

  /**
   * Asks several plans the same question, and lays the answers side by side: one big task or several small ones, two tasks or three,
   * NAT gateways or endpoints.
   *
   * @param plans at least two, by the names that they go by.
   * @param options the question, and what the costs depend on.
   */
  public static compare(plans: { [name: string]: Plan }, options: CompareOptions): PlanComparison {
    const read = Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, plan.reading.plan]));
    return runComparison(read, options);
  }

  private static read(text: string, service: string | undefined): Plan {
    return new Plan(readPlan(Template.parse(text, 'the template'), service));
  }

  /**
   * What the template says about scaling and a forecast leaves out, in words.
   */
  public readonly ignored: string[];

  private constructor(private readonly reading: ReadPlan) {
    this.ignored = [...reading.ignored];
  }

  /**
   * Says what scaling will make of some traffic. It takes milliseconds, and neither an AWS account nor a network.
   *
   * The same question has the same answer, on every machine. A question that has none is refused, with one sentence for each mistake in it.
   *
   * @param options traffic, workload, and how often to ask.
   */
  public forecast(options: ForecastOptions): ForecastOutcome {
    return runForecast(this.reading, options);
  }

  /**
   * The plan with some of its numbers changed, to be compared with it.
   *
   * A task size that Fargate does not offer is refused here, every other number that cannot be by the forecast that is asked for it.
   *
   * @param changes what is different.
   */
  public withChanges(changes: PlanChanges): Plan {
    const plan = changedPlan(this.reading.plan, changesOf(changes));
    refuse(resizeMistakes(this.reading.plan, plan));
    return new Plan({ ...this.reading, plan });
  }

  /**
   * Looks for the cheapest targets, minimum, cooldowns and task size that reach an objective, and takes seconds for it. Of this plan it
   * keeps everything else.
   *
   * @param options the objective, the traffic, and what the costs depend on.
   */
  public recommend(options: RecommendOptions): Recommendation {
    return runRecommendation(this.reading.plan, options);
  }
}
