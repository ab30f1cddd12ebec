import { launchSpread, type Spread } from '../scaling/aws-behavior';
import type { Scenario } from './scenario';

/** The image that the default provisioning time was measured with is about this large. */
const MEASURED_MEGABYTES = 50;

/** What is pulled in a second by a task of 0.25 vCPU: images of 50 and 413 MB took 23 and 57 seconds to start. */
const MEGABYTES_PER_SECOND = 11;

/** How long a launch takes until the container starts: on Fargate longer for a larger image, as nothing is cached there. */
export function launchTime({ plan, behavior, imageMegabytes = MEASURED_MEGABYTES }: Scenario): Spread {
  const { median, sigma } = launchSpread(behavior, plan.policy.platform);
  if (plan.policy.platform === 'ec2') return { median, sigma };
  const pullSeconds = (imageMegabytes - MEASURED_MEGABYTES) / MEGABYTES_PER_SECOND;
  return { median: Math.max(1, median + pullSeconds), sigma };
}
