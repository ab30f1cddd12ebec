import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { readPlan } from '../../src/plan/template/read-plan';
import { Template } from '../../src/plan/template/template';
import type { TemplateValue } from '../../src/plan/template/template-value';
import { namesLiveService } from '../live-service/service-address';
import { type AssemblyStack, chooseStacks, isFolder, stackList, stacksOf } from './assembly-stacks';
import { type ParameterOptions, readParameters } from './given-parameters';
import { fileName } from './input-file';
import { readNestedTemplates } from './nested-templates';
import { synthesizedFolder } from './synthesize';
import { readTemplateDocument } from './template-file';
import { unknownParameterErrors } from './unknown-parameters';

/** The options that choose a template. */
export interface TemplateChoice extends ParameterOptions {
  readonly template?: string;
  readonly app?: string;
  readonly stack?: string;
  /** A logical ID, or a live service: its ARN, or `CLUSTER/NAME` where there is neither a template nor an app. */
  readonly service?: string;
  /** The region of a live service. */
  readonly region?: string;
  /** The profile with which a live service is read. */
  readonly profile?: string;
  /**
   * Whether it is the state before a change: it may not have the parameters that are given for the change.
   *
   * @default false
   */
  readonly isBase?: boolean;
}

type Deployed = PlanSource['deployed'];

/** A plan, its template, and the cloud assembly directory that the template is in, with the asset manifest. */
export interface PlanSource extends ParsedPlan {
  readonly assemblyFolder: string;
  readonly template: Template;
  /** The template as it is written. */
  readonly document: TemplateValue;
  /** What is given of what only a deployment knows. */
  readonly deployed: Readonly<Record<string, string>>;
  /** Deletes the cloud assembly if it was synthesized for this source. */
  readonly dispose: () => void;
}

/**
 * Reads the chosen plan: that of a live service, of a template, or of an app, which is synthesized first.
 *
 * @param interrupted rejects when the user presses Ctrl-C, which ends the synthesis.
 */
export async function readPlanSource(choice: TemplateChoice, interrupted: Promise<never>): Promise<PlanSource> {
  if (!isLive(choice)) return readTemplateSource(choice, interrupted);
  const { service, region, profile } = choice;
  throwIfAny(liveChoiceErrors(choice));
  // the AWS SDK is loaded when it is needed.
  const { readLiveService } = await import('../live-service/read-live-service');
  const { plan, ignored, document } = await Promise.race([readLiveService({ service, region, profile }), interrupted]);
  const template = Template.of(document, service);
  return { plan, ignored, template, document, deployed: {}, assemblyFolder: '.', dispose: () => {} };
}

/** Whether `--service` names a live service, which is read from AWS. */
export function isLive(choice: TemplateChoice): choice is TemplateChoice & { readonly service: string } {
  const { template, app, service } = choice;
  return template === undefined && app === undefined && namesLiveService(service);
}

function liveChoiceErrors({ stack, parameter, parametersFile }: TemplateChoice): string[] {
  return Object.entries({ '--stack': stack, '--parameter': parameter?.[0], '--parameters-file': parametersFile }).flatMap(
    ([option, value]) => (value === undefined ? [] : [`${option} must go with a template or an app, got a live service: leave it out`]),
  );
}

/**
 * Reads the plan of a template, or of an app, which is synthesized first.
 *
 * @param interrupted rejects when the user presses Ctrl-C, which ends the synthesis.
 * @param folder the folder in which the app runs, and in which the files are.
 */
export async function readTemplateSource(given: TemplateChoice, interrupted: Promise<never>, folder = '.'): Promise<PlanSource> {
  const choice = filesIn(folder, given);
  const { template } = choice;
  throwIfAny(choiceErrors(choice));
  if (template !== undefined && !isFolder(template)) return readTemplate('--template', template, choice, () => {});
  const assembly = await assemblyOf(choice, interrupted, folder);
  try {
    return await readTemplate('--app', await chooseTemplate(assembly.folder, choice), choice, assembly.dispose);
  } catch (error) {
    assembly.dispose();
    throw error;
  }
}

/** The files as the user has named them, unless they are in another folder. A parameters file that is not there is that of here. */
function filesIn(folder: string, choice: TemplateChoice): TemplateChoice {
  if (folder === '.') return choice;
  const { template, parametersFile } = choice;
  return {
    ...choice,
    ...(template === undefined ? {} : { template: resolve(folder, template) }),
    ...(parametersFile === undefined || !existsSync(resolve(folder, parametersFile))
      ? {}
      : { parametersFile: resolve(folder, parametersFile) }),
  };
}

function choiceErrors({ template, app, stack, service, region, profile }: TemplateChoice): string[] {
  if (template !== undefined && app !== undefined) return ['--template and --app must not be given together, got both: leave one out'];
  if (service?.startsWith('arn:') === true)
    return [
      `--service must be a logical ID of the template, got the ARN '${fileName(service)}': leave --template and --app out to read it`,
    ];
  if (region !== undefined || profile !== undefined)
    return [
      `${region === undefined ? '--profile' : '--region'} must go with a live service, such as --service shop/web without --template and --app`,
    ];
  return template !== undefined && stack !== undefined && !isFolder(template)
    ? [`--stack must go with --app, got '${fileName(stack)}' beside --template: leave it out`]
    : [];
}

/** A cloud assembly that is already there, or that is synthesized. */
async function assemblyOf({ template, app }: TemplateChoice, interrupted: Promise<never>, folder: string) {
  return template === undefined ? synthesizedFolder(app, interrupted, { folder }) : { folder: template, dispose: () => {} };
}

async function readTemplate(option: string, file: string, choice: TemplateChoice, dispose: () => void): Promise<PlanSource> {
  const source = await readTemplateDocument(option, file);
  const deployed = await givenTo(source, choice);
  const template = await evaluate(option, file, source, deployed);
  return { ...readPlan(template, choice.service), template, document: source, deployed, assemblyFolder: dirname(file), dispose };
}

async function givenTo(source: TemplateValue, { parameter = [], parametersFile, isBase }: TemplateChoice): Promise<Deployed> {
  const deployed = await readParameters({ parameter, parametersFile });
  const errorsOf = (text: string): string[] => unknownParameterErrors(source, [text]);
  if (isBase) return readParameters({ parameter: parameter.filter((text) => errorsOf(text).length === 0), parametersFile });
  throwIfAny(parameter.flatMap(errorsOf));
  return deployed;
}

async function evaluate(option: string, file: string, source: TemplateValue, deployed: Deployed): Promise<Template> {
  const nestedTemplate = await readNestedTemplates(option, file, source);
  return Template.of(source, `'${fileName(file)}'`, { deployed, nestedTemplate });
}

/** The template of the chosen stack, or of the only one with a service. */
async function chooseTemplate(folder: string, { stack, ...given }: TemplateChoice): Promise<string> {
  const all = await stacksOf(folder);
  const named = chooseStacks(all, stack);
  const chosen = named.length === 1 && stack !== undefined ? named : await stacksWithService(named, await readParameters(given));
  if (chosen.length === 1) return chosen[0]!.file;
  throw new InputError([
    chosen.length === 0
      ? `the app must have a stack with an AWS::ECS::Service, or with an Auto Scaling group behind a load balancer, got none in ${stackList(all) || 'no stack'}`
      : `the app has ${chosen.length} stacks with a service: choose one with --stack, got ${stack === undefined ? 'none' : `'${fileName(stack)}'`} (${stackList(chosen)})`,
  ]);
}

async function stacksWithService(stacks: readonly AssemblyStack[], deployed: Deployed): Promise<AssemblyStack[]> {
  const found: AssemblyStack[] = [];
  for (const stack of stacks) {
    const source = await readTemplateDocument('--app', stack.file);
    if (Object.keys(source ?? {}).includes('Resources') && (await evaluate('--app', stack.file, source, deployed)).services.length > 0)
      found.push(stack);
  }
  return found;
}
