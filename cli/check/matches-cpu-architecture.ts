import { type CheckResult, failed, ok, skipped, warning } from './check-result';
import type { CheckedTask } from './checked-task';

const PLATFORMS = { X86_64: 'linux/amd64', ARM64: 'linux/arm64' } as const;
const PLATFORM_OF_NODE_ARCHITECTURE: Readonly<Record<string, string>> = { x64: PLATFORMS.X86_64, arm64: PLATFORMS.ARM64 };

/** Compares the platform of the image with the CPU architecture of the task definition. */
export async function matchesCpuArchitecture({
  plan,
  options: { image, inspectedImage },
}: Pick<CheckedTask, 'plan' | 'options'>): Promise<CheckResult> {
  if (!image.isAsset && inspectedImage === undefined)
    return skipped('the app does not build the image, and a process on this machine does not show its platform');
  const required = PLATFORMS[plan.infrastructure.architecture];
  const platform = image.isAsset ? image.platform : inspectedImage?.platform;
  if (platform === required) return ok(`built for ${platform}, as the task definition requires`);
  if (platform !== undefined) {
    return failed(
      `built for ${platform}, but the task definition requires ${required}: exec format error`,
      'set the platform of the image to that of the task: Platform.LINUX_AMD64 or LINUX_ARM64',
    );
  }
  const thisPlatform = PLATFORM_OF_NODE_ARCHITECTURE[process.arch] ?? process.arch;
  return warning(
    thisPlatform === required
      ? `the image has no platform, so it is built for that of the build machine, which is ${thisPlatform} here, as the task definition requires; on another machine it may differ`
      : `the image has no platform, so it is built for that of the build machine, which is ${thisPlatform} here, but the task definition requires ${required}`,
    `set the platform of the image: ${plan.infrastructure.architecture === 'ARM64' ? 'Platform.LINUX_ARM64' : 'Platform.LINUX_AMD64'}`,
  );
}
