import { describedTemplate } from '../../src/plan/described/described-template';
import type { DescribedService } from '../../src/plan/described/service-description';
import type { ParsedPlan } from '../../src/plan/service-plan';
import type { TemplateValue } from '../../src/plan/template/template-value';
import { type AwsCalls, SdkCalls } from './aws-calls';
import { describeService } from './describe-service';
import { planOfDescribed } from './described-plan';
import { type LiveServiceChoice, parseServiceAddress, type ServiceAddress } from './service-address';

/** A live service with its plan. */
export interface LiveServiceSource extends ParsedPlan {
  readonly address: ServiceAddress & { readonly region: string };
  readonly described: DescribedService;
  /** The template with which CloudFormation would declare it. */
  readonly document: TemplateValue;
}

/**
 * Reads a service that runs at AWS, or at the endpoint of AWS_ENDPOINT_URL.
 *
 * @throws InputError if it cannot be read or has no plan.
 */
export async function readLiveService(choice: LiveServiceChoice): Promise<LiveServiceSource> {
  const address = parseServiceAddress(choice);
  const calls = await SdkCalls.open({ ...choice, region: address.region });
  try {
    return await liveServiceSource(calls, address);
  } finally {
    calls.stop();
  }
}

/** Reads a service through calls of AWS. */
export async function liveServiceSource(calls: AwsCalls, address: ServiceAddress): Promise<LiveServiceSource> {
  const described = await describeService(calls, address);
  const document = describedTemplate(described);
  const { plan, ignored } = planOfDescribed(described, document);
  return { plan, ignored, described, document, address: { ...address, region: calls.region } };
}
