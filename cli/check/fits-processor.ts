import type { CheckedTask } from './checked-task';
import { type Finding, failed, notTried, ok, warning } from './finding';

const PLATFORMS = { X86_64: 'linux/amd64', ARM64: 'linux/arm64' } as const;
const PLATFORM_OF_MACHINE: Readonly<Record<string, string>> = { x64: PLATFORMS.X86_64, arm64: PLATFORMS.ARM64 };

/** Compares the platform that the image is built for with the one that the task runs on. */
export async function fitsProcessor({ plan, parts: { image, onEngine } }: Pick<CheckedTask, 'plan' | 'parts'>): Promise<Finding> {
  if (!image.isAsset && onEngine === undefined)
    return notTried('the image is not built by the app, and a process of this machine says nothing of it');
  const wanted = PLATFORMS[plan.infrastructure.architecture];
  const platform = image.isAsset ? image.platform : onEngine?.platform;
  if (platform === wanted) return ok(`built for ${platform}, as the task definition asks for`);
  if (platform !== undefined) {
    return failed(
      `built for ${platform}, while the task definition asks for ${wanted}: exec format error`,
      'give the image the platform of the task: Platform.LINUX_AMD64 or LINUX_ARM64',
    );
  }
  const here = PLATFORM_OF_MACHINE[process.arch] ?? process.arch;
  return warning(
    `the image names no platform, so that it is built for that of the machine: ${here} here, while the task definition asks for ${wanted}`,
    `give the image a platform: ${plan.infrastructure.architecture === 'ARM64' ? 'Platform.LINUX_ARM64' : 'Platform.LINUX_AMD64'}`,
  );
}
