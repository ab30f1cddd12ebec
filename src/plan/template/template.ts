import { InputError } from '../../parse/input-error';
import { composeTemplate, isComposeFile } from '../manifest/compose-file';
import { copilotTemplate, ENVIRONMENT, isCopilotManifest } from '../manifest/copilot-manifest';
import type { ManifestTemplate } from '../manifest/manifest-template';
import { isTerraform } from '../terraform/terraform-document';
import { terraformTemplate } from '../terraform/terraform-template';
import { evaluateStack, type StackOptions } from './evaluated-stack';
import { withExpressParts } from './express-service';
import { DYNAMIC_REFERENCE } from './function-names';
import { missingNames } from './missing-names';
import type { Resource } from './resource';
import { field, isObject, items, type Section, type TemplateValue } from './template-value';
import { transformTexts } from './transforms';

/** A CloudFormation template, evaluated for the given parameters. */
export class Template {
  /** The nested stacks whose templates are not known, each with its file. */
  public readonly unknownStacks: readonly string[];
  /** A text for each transform, or setting of a manifest, that is not followed. */
  public readonly sourceTexts: readonly string[];
  /** The error of each task definition whose size a manifest does not have, by its logical ID. */
  public readonly sizeErrors: Readonly<Record<string, string>>;
  /** The Dockerfiles of a manifest, by the logical IDs of the services. */
  public readonly dockerfiles: Readonly<Record<string, string>>;
  private readonly resources: readonly Resource[];
  private readonly conditions: Section;

  private readonly deployed: Readonly<Record<string, string>>;

  private constructor(source: TemplateValue, options: StackOptions, { texts, sizeErrors = {}, dockerfiles = {} }: ManifestTemplate) {
    this.sizeErrors = sizeErrors;
    this.dockerfiles = dockerfiles;
    this.deployed = options.deployed ?? {};
    const { resources, unknownStacks, conditions } = evaluateStack(source, options);
    this.resources = withExpressParts(resources);
    this.unknownStacks = unknownStacks;
    this.sourceTexts = [...texts, ...transformTexts(source)];
    this.conditions = conditions;
  }

  /**
   * Evaluates a template, what `aws cloudformation get-template` prints of one, what `terraform show -json` prints of a plan or a state, a
   * manifest of AWS Copilot, or a Compose file. `name` is its name in errors.
   */
  public static of(source: TemplateValue, name: string, options: StackOptions = {}): Template {
    const manifest = templateIn(source, options);
    const body = manifest.template;
    if (!isObject(field(body, 'Resources'))) {
      throw new InputError([`${name} is no CloudFormation template: it has no Resources`]);
    }
    const count = Object.keys(field(body, 'Resources')!).length;
    if (count > MAX_RESOURCES) throw new InputError([`${name} must have at most ${MAX_RESOURCES} resources, got ${count}`]);
    return new Template(body, options, manifest);
  }

  /** Parses a template in JSON. `name` is its name in errors. */
  public static parse(text: string, name: string, options: StackOptions = {}): Template {
    return Template.of(parseJson(text, name), name, options);
  }

  /** What has a plan: ECS services, and Auto Scaling groups behind a load balancer. A group without targets is the capacity of an ECS cluster. */
  public get services(): readonly Resource[] {
    const groups = this.resourcesOfType('AWS::AutoScaling::AutoScalingGroup');
    return [
      ...this.resourcesOfType('AWS::ECS::Service'),
      ...groups.filter(({ properties }) => items(properties.TargetGroupARNs).length > 0),
    ];
  }

  /** What is given of what only a deployment knows, by name. */
  public given(name: string): string | undefined {
    return this.deployed[name];
  }

  /** All resources of a type, such as `AWS::ECS::Service`. */
  public resourcesOfType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resource of a type that a value refers to by `Ref` or `Fn::GetAtt`, at any depth. */
  public referencedResource(value: TemplateValue | undefined, type: string): Resource | undefined {
    return this.referencedResources(value, type)[0];
  }

  /** All of those resources, in the order of the template. */
  public referencedResources(value: TemplateValue | undefined, type: string): readonly Resource[] {
    const ids = new Set(referencedIds(value));
    return this.resourcesOfType(type).filter((resource) => ids.has(resource.id));
  }

  /** A value as a string; undefined if it is a list or an object, or known at deployment only. */
  public resolvedText(value: TemplateValue | undefined): string | undefined {
    if (typeof value === 'string' && value.includes(DYNAMIC_REFERENCE)) return undefined;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  /** The names of what only a deployment knows of a value. */
  public missingNames(value: TemplateValue | undefined): readonly string[] {
    return missingNames(value, this.conditions);
  }
}

/** The template that a document is, or would become, and a text for each part of it that is not followed. */
function templateIn(source: TemplateValue, { deployed = {} }: StackOptions): ManifestTemplate {
  if (isTerraform(source)) return { template: terraformTemplate(source), texts: [] };
  if (isCopilotManifest(source)) return copilotTemplate(source, deployed[ENVIRONMENT]);
  if (isComposeFile(source)) return composeTemplate(source, deployed);
  return { template: field(source, 'TemplateBody') ?? source, texts: [] };
}

/** Whether a document is a manifest, from which people move to this construct. */
export function isManifest(source: TemplateValue): boolean {
  return isCopilotManifest(source) || isComposeFile(source);
}

/** CloudFormation allows 500; a Terraform plan may have more. */
const MAX_RESOURCES = 2000;

function referencedIds(value: TemplateValue | undefined): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencedIds);
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0]!];
    return referencedIds(inner);
  });
}

function parseJson(text: string, name: string): TemplateValue {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as TemplateValue;
  } catch (error) {
    throw new InputError([`${name} is not JSON: ${(error as Error).message}`]);
  }
}
