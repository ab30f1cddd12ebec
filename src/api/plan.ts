import { CfnElement, Stack } from 'aws-cdk-lib';
import { throwIfAny } from '../parse/input-error';
import { changedPlan, changedTaskSizeErrors } from '../plan/changed-plan';
import type { ParsedPlan } from '../plan/service-plan';
import { readPlan } from '../plan/template/read-plan';
import { Template } from '../plan/template/template';
import { checkTypes, mapOf, optional, PLAN, STACK, STRING, TEMPLATE } from './argument-types';
import type { CostOptions } from './cost';
import type { ForecastOptions } from './forecast-options';
import type { ForecastOutcome } from './forecast-outcome';
import { type PlanChanges, planChanges } from './plan-changes';
import type { PlanComparison } from './plan-comparison';
import type { Recommendation, RecommendationObjective } from './recommendation';
import { runComparison, runRecommendation } from './run-comparison';
import { runForecast } from './run-forecast';

/**
 * Everything that the scaling of a service depends on, as in its CloudFormation template: policies, task size, health check, draining.
 *
 * A plan can be read from any ECS service behind a target group, also one that this package did not create.
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
   * @param service logical id of the service; can be left out if the template has one.
   * @param parameters values of parameters, and of what else only a deployment knows, by the names that an error asks for; a parameter that is
   * left out has its default.
   */
  public static ofTemplate(template: { [key: string]: unknown }, service?: string, parameters: { [name: string]: string } = {}): Plan {
    checkTypes(
      'Plan.ofTemplate',
      { template, service, parameters },
      { template: TEMPLATE, service: optional(STRING), parameters: mapOf(STRING) },
    );
    return Plan.read(JSON.stringify(template), service, parameters);
  }

  /**
   * The plan of a service in the current state of a stack: with every override, and with every rule that was added to it.
   *
   * Nothing is synthesized, so the app can still be changed afterwards. Aspects run at synthesis: if one changes
   * the service, use `Plan.ofTemplate(Template.fromStack(stack).toJSON())`.
   *
   * @param stack the stack with the service, its target group and its scaling.
   * @param service logical id of the service; can be left out if the stack has one.
   */
  public static ofStack(stack: Stack, service?: string): Plan {
    checkTypes('Plan.ofStack', { stack, service }, { stack: STACK, service: optional(STRING) });
    return Plan.read(templateTextOf(stack), service);
  }

  /**
   * Compares plans under the same traffic: one big task or several small ones, two tasks or three, NAT gateways or endpoints.
   *
   * @param plans at least two, by name.
   * @param options traffic, workload, faults, seeds.
   * @param cost the inputs of the costs.
   */
  public static compare(plans: { [name: string]: Plan }, options: ForecastOptions, cost: CostOptions = {}): PlanComparison {
    checkTypes('Plan.compare', { plans }, { plans: mapOf(PLAN) });
    const read = Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, plan.parsed.plan]));
    return runComparison(read, options, cost);
  }

  private static read(text: string, service: string | undefined, deployed: Readonly<Record<string, string>> = {}): Plan {
    return new Plan(readPlan(Template.parse(text, 'the template', { deployed }), service));
  }

  /**
   * The scaling settings of the template that a forecast ignores, as text.
   */
  public readonly ignored: string[];

  private constructor(private readonly parsed: ParsedPlan) {
    this.ignored = [...parsed.ignored];
  }

  /**
   * Forecasts how the service scales under traffic. It takes milliseconds, and needs no AWS account and no network.
   *
   * The same options have the same outcome on every machine. Throws an error for each option that is out of range.
   *
   * @param options traffic, workload, faults, seeds.
   */
  public forecast(options: ForecastOptions): ForecastOutcome {
    return runForecast(this.parsed, options);
  }

  /**
   * A variant of the plan. Throws an error for a task size that Fargate does not have; a forecast checks the other numbers.
   *
   * @param changes the props that differ.
   */
  public withChanges(changes: PlanChanges): Plan {
    const plan = changedPlan(this.parsed.plan, planChanges(changes));
    throwIfAny(changedTaskSizeErrors(this.parsed.plan, plan));
    return new Plan({ ...this.parsed, plan });
  }

  /**
   * Searches the cheapest targets, minimum, cooldowns and task size that reach an objective.
   *
   * The rest of the plan stays. It takes seconds.
   *
   * @param objective what the policy must achieve.
   * @param options traffic, workload, faults; `seeds` is ignored: the search chooses them.
   * @param cost the inputs of the costs.
   */
  public recommend(objective: RecommendationObjective, options: ForecastOptions, cost: CostOptions = {}): Recommendation {
    return runRecommendation(this.parsed.plan, objective, options, cost);
  }
}

/** The parts of a template that a plan is read from. */
type Sections = Record<string, Record<string, unknown>>;

/**
 * The template of the current state of a stack, without synthesizing the app.
 *
 * Synthesis would run aspects, stage assets and forbid later changes to the tree.
 */
export function templateTextOf(stack: Stack): string {
  const template: Sections = {};
  for (const element of stack.node.findAll()) {
    if (CfnElement.isCfnElement(element) && Stack.of(element) === stack)
      mergeSections(template, stack.resolve(element._toCloudFormation()));
  }
  return JSON.stringify(template);
}

function mergeSections(template: Sections, element: Sections): void {
  for (const [name, entries] of Object.entries(element)) template[name] = { ...template[name], ...entries };
}
